"""Where the content of attachments is kept. Another store (S3, say) is a class with the same three methods."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path


class FolderStore:
    """Content by name in a local folder. A name is a digest of its content: what is there is not written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, name: str, content: bytes) -> None:
        """Write the content down for good, or not at all. Raises OSError when the disk is full or not ours to write."""
        path = self._path(name)
        if path.exists():
            path.touch()  # wanted again: whoever looks for what nobody names leaves it alone
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            os.unlink(draft)
            raise

    def content(self, name: str) -> bytes:
        """What was kept under this name. Raises OSError when it is not there."""
        return self._path(name).read_bytes()

    def forget(self, name: str) -> None:
        """Keep it no longer; nothing to do where it is not there."""
        self._path(name).unlink(missing_ok=True)

    def names_before(self, moment: datetime) -> Iterator[str]:
        """Everything that nobody has kept since this moment (aware)."""
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):  # somebody else has just forgotten it
                if path.stat().st_mtime < moment.timestamp() and path.name.startswith(path.parent.name):
                    yield path.name

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name  # 256 folders stay quick to list
