"""Reading service requests. Every function takes the viewer, and loads all its template prints."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import NotFound
from extensions import db
from models import IS_OPEN, Attachment, Event, Job, Receipt, Resident, ServiceRequest, User
from queries import reach
from queries.paging import MOST_URGENT_FIRST
from queries.reach import STATEMENTS, Standing, Viewer, standing_of


def visible_to(viewer: Viewer | None) -> Select[ServiceRequest]:
    """Where every other query here starts: what this person may see at all. The product itself (None) sees all."""
    asked = select(ServiceRequest)
    return asked if viewer is None else asked.where(reach.of_service_requests(viewer))


def of_id(id: UUID, *, viewer: User) -> ServiceRequest:
    """One request, bare. Raises NotFound."""
    return _one(visible_to(viewer).where(ServiceRequest.id == id))


def for_form(id: UUID, *, viewer: User) -> ServiceRequest:
    """One request with what the forms of its actions ask of it, and nothing its card prints. Raises NotFound."""
    asked = visible_to(viewer).where(ServiceRequest.id == id)
    return _one(
        asked.options(
            joinedload(ServiceRequest.site), joinedload(ServiceRequest.unit), joinedload(ServiceRequest.category)
        )
    )


def detail(id: UUID, *, viewer: User) -> ServiceRequest:
    """One request with all its card prints, for service_requests/show.html. Raises NotFound."""
    return _one(_detail(standing_of(viewer)), id=id)


@lru_cache(STATEMENTS)
def _detail(viewer: Standing) -> Select[ServiceRequest]:
    asked = visible_to(viewer).where(ServiceRequest.id == bindparam("id", type_=Uuid))
    return asked.options(
        joinedload(ServiceRequest.site),
        joinedload(ServiceRequest.unit),
        joinedload(ServiceRequest.building),
        joinedload(ServiceRequest.category),
        joinedload(ServiceRequest.resident).joinedload(Resident.phones),
        joinedload(ServiceRequest.registered_by),
        joinedload(ServiceRequest.merged_into),
        joinedload(ServiceRequest.refused_entries).joinedload(Receipt.user),
        selectinload(ServiceRequest.jobs).options(joinedload(Job.department), joinedload(Job.holder)),
        selectinload(ServiceRequest.events).joinedload(Event.actor),
        joinedload(ServiceRequest.attachments),
    )


def mark_of(id: UUID, *, viewer: User) -> str:
    """What changes whenever the card of a request does: its version, the numbers of its photos and of the entries about
    it that were not accepted. Raises NotFound.
    """
    photos = select(func.count()).where(Attachment.service_request_id == ServiceRequest.id).scalar_subquery()
    refused = select(func.count()).where(ServiceRequest.refused_entries.expression).scalar_subquery()
    found = db.session.execute(
        visible_to(viewer).where(ServiceRequest.id == id).with_only_columns(ServiceRequest.version, photos, refused)
    ).first()
    if found is None:
        raise NotFound()
    return "-".join(str(number) for number in found)


def after(id: UUID, *, viewer: User) -> ServiceRequest | None:
    """The most urgent open request other than this one, in the order of the queue; None when there is none."""
    return db.session.scalars(
        MOST_URGENT_FIRST.sorted(visible_to(viewer).where(ServiceRequest.id != id, IS_OPEN), backwards=False).limit(1)
    ).first()


def locked(id: UUID, *, viewer: User | None, for_a_word: bool = False) -> ServiceRequest:
    """One request with its history and jobs, held until the commit, so that two people cannot move it at once.

    `for_a_word`: without them, where nothing is added but a word that no clock hears. Raises NotFound.
    """
    asked = visible_to(viewer).where(ServiceRequest.id == id)
    return _one(held(asked.options(joinedload(ServiceRequest.site))) if for_a_word else for_writing(asked))


def for_writing(asked: Select[ServiceRequest]) -> Select[ServiceRequest]:
    """The same request, locked and as it is now, with what perform() needs of it."""
    return held(
        asked.options(
            joinedload(ServiceRequest.category),
            joinedload(ServiceRequest.site),
            selectinload(ServiceRequest.events),
            selectinload(ServiceRequest.jobs),
            selectinload(ServiceRequest.readings),
        )
    )


def held(asked: Select[ServiceRequest]) -> Select[ServiceRequest]:
    """The same request as it is now, held until the commit."""
    return asked.with_for_update(of=ServiceRequest).execution_options(populate_existing=True)


def hold(ids: Iterable[UUID]) -> None:
    """Hold several requests until the commit, in the order of their ids: so no two people wait for each other."""
    ordered = select(ServiceRequest.id).where(ServiceRequest.id.in_(list(ids))).order_by(ServiceRequest.id)
    db.session.execute(ordered.with_for_update(of=ServiceRequest))


def locked_at_site(id: UUID, site_id: UUID) -> ServiceRequest | None:
    """One request of this site, with what perform() needs of it, held until the commit; None when it is not there."""
    asked = select(ServiceRequest).where(ServiceRequest.id == id, ServiceRequest.site_id == site_id)
    return db.session.scalars(for_writing(asked)).one_or_none()


def _one(asked: Select[ServiceRequest], **given: UUID) -> ServiceRequest:
    service_request = db.session.scalars(asked, given).unique().one_or_none()
    if service_request is None:
        raise NotFound()
    return service_request
