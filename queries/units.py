"""Reading units by what somebody typed."""

from uuid import UUID

from sqlalchemy import case, func, select

from domain.unit_labels import label_of
from extensions import db
from models import Unit

OFFERED = 5


def near(typed: str, site_id: UUID) -> list[str]:
    """The labels of the site that begin most like what was typed; for "there is no such unit, did you mean …"."""
    label = label_of(typed)[: Unit.label.type.length]  # nobody's label begins with more
    beginnings = [label[:length] for length in range(len(label), 0, -1)]
    if not beginnings:
        return []
    likeness = case(*((Unit.label.startswith(b, autoescape=True), n) for n, b in enumerate(beginnings)))
    return list(
        db.session.scalars(
            select(Unit.label)
            .where(Unit.site_id == site_id, Unit.label.startswith(beginnings[-1], autoescape=True))
            .order_by(likeness, func.length(Unit.label), Unit.label)
            .limit(OFFERED)
        )
    )
