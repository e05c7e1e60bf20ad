"""Reading sites."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from domain.errors import Invalid, NotFound
from domain.wording import N_
from extensions import db
from models import Site, User
from queries import reach


def visible_to(viewer: User) -> Sequence[Site]:
    """The sites this person may look into, by code."""
    return db.session.scalars(select(Site).where(reach.of_sites(viewer)).order_by(Site.code)).all()


def at_least_one(viewer: User) -> Sequence[Site]:
    """The same, where without one nothing can be written. Raises Invalid("site")."""
    found = visible_to(viewer)
    if not found:
        raise Invalid("site", N_("Your company has no site yet. An administrator adds the first one."))
    return found


def of_id(id: UUID, *, viewer: User) -> Site:
    """One site within reach. Raises NotFound."""
    site = db.session.scalar(select(Site).where(Site.id == id, reach.of_sites(viewer)))
    if site is None:
        raise NotFound()
    return site


def locked(id: UUID, *, viewer: User) -> Site:
    """The same, held until the commit against others who want it so; what refers to it may be written. NotFound."""
    asked = select(Site).where(Site.id == id, reach.of_sites(viewer))
    site = db.session.scalar(asked.with_for_update(key_share=True, of=Site))
    if site is None:
        raise NotFound()
    return site


def administered_by(viewer: User) -> Sequence[Site]:
    """All sites of an administrator's company, by code, wherever the administrator sits."""
    return db.session.scalars(select(Site).where(Site.company_id == viewer.company_id).order_by(Site.code)).all()


def administered(id: UUID, *, viewer: User) -> Site:
    """One of them. Raises NotFound."""
    site = next((site for site in administered_by(viewer) if site.id == id), None)
    if site is None:
        raise NotFound()
    return site


def hold(id: UUID) -> None:
    """Keep the places of a site to oneself until the commit; what refers to the site may still be written."""
    db.session.execute(select(Site.id).where(Site.id == id).with_for_update(key_share=True))


def of_code(code: str) -> Site:
    """The site a command names. Raises Invalid."""
    site = db.session.scalar(select(Site).where(Site.code == code))
    if site is None:
        raise Invalid("site", N_("There is no site with the code %(code)s."), code=code)
    return site
