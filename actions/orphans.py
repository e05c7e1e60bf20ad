"""Photos that were kept and then named by nobody: a form that was refused, an entry that was withdrawn."""

from datetime import timedelta
from itertools import islice

from extensions import attachment_store, log, now
from queries import attachments

OLD_ENOUGH = timedelta(days=2)  # no unit of work takes so long to name what it has kept
AT_ONCE = 500


def forget_orphans() -> None:
    """Let go of every file of the store that has been there for two days and that no row names."""
    store, forgotten = attachment_store(), 0
    found = store.names_before(now() - OLD_ENOUGH)
    while names := set(islice(found, AT_ONCE)):
        for name in names - attachments.named_of(names):
            store.forget(name)
            forgotten += 1
    log.info("%d files were forgotten that nobody named", forgotten)
