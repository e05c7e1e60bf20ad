"""docs/lifecycle.md, written from the tables in lifecycle.py."""

from collections.abc import Iterable

from domain.labelled import Labelled
from domain.lifecycle import JOB_ACTIONS, REQUEST_ACTIONS, Action
from domain.permissions import GRANTS

HEADING = """# The two lifecycles

Generated from `domain/lifecycle.py` by `flask lifecycle`; edit the table, not this page.
"""


def page() -> str:
    """The whole page: for each lifecycle a picture of the statuses and a table of the actions."""
    return "\n".join(
        [HEADING, *section("Service request", REQUEST_ACTIONS.values()), *section("Job", JOB_ACTIONS.values())]
    )


def section(title: str, actions: Iterable[Action]) -> list[str]:
    """One lifecycle."""
    actions = list(actions)
    return [
        f"## {title}\n",
        *picture(actions),
        "",
        "| action | from | to | who | condition | offline | refused if unseen |",
        "|---|---|---|---|---|---|---|",
        *(row(action) for action in actions),
        "",
    ]


def picture(actions: list[Action]) -> list[str]:
    """The statuses and what leads from one to the other, as a Mermaid diagram."""
    arrows = [
        f"    {start.value if start else '[*]'} --> {action.end.value}: {action.name}"
        for action in actions
        if action.end
        for start in sorted(action.start, key=str)
    ]
    return ["```mermaid", "stateDiagram-v2", *arrows, "```"]


def row(action: Action) -> str:
    """One action of the table."""
    condition = " ".join((action.rule.__doc__ or "").split()) if action.rule else ""
    cells = (
        f"`{action.name}` {action.label}",
        names(action.start),
        action.end.label if action.end else "unchanged",
        roles_of(action),
        condition,
        "yes" if action.offline else "",
        "yes" if action.exclusive else "",
    )
    return f"| {' | '.join(cells)} |"


def names(statuses: Iterable[Labelled | None]) -> str:
    """The labels of statuses."""
    return ", ".join(sorted(status.label if status else "–" for status in statuses))


def roles_of(action: Action) -> str:
    """Who may press it."""
    if action.permission is None:
        return "nobody: it follows"
    return ", ".join(role.label for role, granted in GRANTS.items() if action.permission in granted)
