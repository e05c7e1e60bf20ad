"""Writing down who lives where and under which number, one at a time; every change is a line of the log."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from actions.administration import note
from actions.initials import initials_of
from actions.overwriting import hold_as_seen, refuse_unseen
from actions.places import changed
from actions.search_texts import make_findable
from actions.unit_of_work import unit_of_work
from domain.days import local_day
from domain.errors import Invalid
from domain.unit_labels import label_of
from domain.wording import N_
from extensions import db, now
from models import Resident, ResidentPhone, Site, Tenure, Unit, User
from queries import places, residents_to_edit, sites, units
from queries.seen import signs_of


def add_resident(site_id: UUID, details: Mapping[str, Any], *, by: User) -> Resident:
    """Somebody new at this site; `details` as edit_resident() reads them. Raises NotFound, Invalid."""
    with unit_of_work():
        site = sites.of_id(site_id, viewer=by)
        resident = Resident(id=uuid4(), site_id=site.id, name="", note="", phones=[], tenures=[])
        db.session.add(resident)
        write(resident, details, site, by=by, action="resident_added")
    return resident


def edit_resident(id: UUID, details: Mapping[str, Any], *, by: User, seen: str | None = None) -> None:
    """What is now true of a resident: name, is_company, note, phones (as kept, in order), and all tenures.

    A tenure: id (of one that is there), unit (its label), kind, starts_on (default today), ends_on, is_mistaken.
    Raises NotFound, ChangedMeanwhile, and Invalid for a unit the site does not have.
    """
    with unit_of_work():
        resident = residents_to_edit.resident(id, viewer=by)
        refuse_unseen(seen_of(resident), seen)
        write(resident, details, residents_to_edit.site_of(resident), by=by, action="resident_edited")


def write(resident: Resident, details: Mapping[str, Any], site: Site, *, by: User, action: str) -> None:
    """Everything that differs, and one line of the log if anything does."""
    before = facts_of(resident)
    own = {name: details[name] for name in ("name", "is_company", "note")}
    changed(resident, own | {"initials": initials_of(details["name"])})
    renumber(resident, details["phones"])
    tie(resident, details["tenures"], site)
    after = facts_of(resident)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    if changes:
        note(action, by=by, company_id=site.company_id, subject=resident.name, subject_id=resident.id, changes=changes)
        find_again(resident)


def renumber(resident: Resident, numbers: Iterable[str]) -> None:
    """These numbers and no others, the first one to be called first."""
    known = {phone.number: phone for phone in resident.phones}
    for position, number in enumerate(numbers):
        phone = known.pop(number, None)
        if phone is None:
            phone = ResidentPhone(site_id=resident.site_id, resident_id=resident.id, number=number)
            resident.phones.append(phone)
        phone.position = position
    for phone in known.values():
        resident.phones.remove(phone)
        db.session.delete(phone)
    resident.phones.sort(key=lambda phone: phone.position)


def tie(resident: Resident, told: Iterable[Mapping[str, Any]], site: Site) -> None:
    """The tenures as they were told; those not spoken of stay as they are."""
    known = {str(tenure.id): tenure for tenure in resident.tenures}
    for row in told:
        tenure = known.get(row["id"] or "")
        if row["is_mistaken"]:
            if tenure:
                resident.tenures.remove(tenure)
                db.session.delete(tenure)
            continue
        unit = unit_called(row["unit"], site)
        if tenure is None:
            tenure = Tenure(id=uuid4(), site_id=site.id, resident_id=resident.id)
            resident.tenures.append(tenure)
        tenure.unit, tenure.unit_id, tenure.kind = unit, unit.id, row["kind"]
        today = local_day(now(), site.zone)
        tenure.starts_on = row["starts_on"] or min(today, row["ends_on"] or today)
        tenure.ends_on = row["ends_on"]


def unit_called(label: str, site: Site) -> Unit:
    """The unit of this label. Raises Invalid, with those that are called nearly so."""
    if unit := places.unit_of_label(label, site.id):
        return unit
    near = ", ".join(units.near(label, site.id))
    raise Invalid("tenures", N_("There is no unit %(label)s here. Near it: %(near)s"), label=label, near=near or "–")


def move_out(tenure_id: UUID, ends_on: date, *, by: User, seen: str | None = None) -> Tenure:
    """Somebody has moved out: the tie ends on this day, the history stays.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    with unit_of_work():
        tenure = residents_to_edit.tenure(tenure_id, viewer=by)
        hold_as_seen(tenure, seen)
        if ends_on < tenure.starts_on:
            raise Invalid("ends_on", N_("The end lies before the beginning."))
        changes = changed(tenure, {"ends_on": ends_on})
        if changes:
            subject = f"{tenure.resident.name} · {tenure.unit.label}"
            company_id = residents_to_edit.site_of(tenure).company_id
            note(
                "moved_out",
                by=by,
                company_id=company_id,
                subject=subject,
                subject_id=tenure.resident_id,
                changes=changes,
            )
    return tenure


def edit_unit(id: UUID, details: Mapping[str, Any], *, by: User, seen: str | None = None) -> None:
    """What a unit is called and used for: entrance, number, floor, use; its label follows.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    with unit_of_work():
        unit = residents_to_edit.unit(id, viewer=by)
        hold_as_seen(unit, seen)
        sites.hold(unit.site_id)
        label = label_of("-".join(filter(None, (unit.building.code, details["entrance"], details["number"]))))
        taken = db.session.scalar(select(Unit.id).where(Unit.site_id == unit.site_id, Unit.label == label))
        if taken not in (None, unit.id):
            raise Invalid("number", N_("There is a unit %(label)s already."), label=label)
        subject, changes = unit.label, changed(unit, {**details, "label": label})
        if changes:
            company_id = residents_to_edit.site_of(unit).company_id
            note("unit_edited", by=by, company_id=company_id, subject=subject, subject_id=id, changes=changes)
            find_again(unit)


def find_again(row: Resident | Unit) -> None:
    """Requests are found by names, numbers and rooms: by those that are true now."""
    for service_request in residents_to_edit.requests_of(row):
        make_findable(service_request)


def seen_of(resident: Resident) -> str:
    """What a form shows of a resident: see queries/seen. Numbers and units belong to it."""
    return signs_of(facts_of(resident))


def facts_of(resident: Resident) -> dict[str, object]:
    """What the log tells apart, by field."""
    return {
        "name": resident.name, "is_company": resident.is_company, "note": resident.note,
        "phones": [phone.number for phone in resident.phones],
        "tenures": [
            f"{tenure.unit.label} {tenure.kind} {tenure.starts_on} – {tenure.ends_on or ''}".rstrip(" –")
            for tenure in resident.tenures
        ],
    }  # fmt: skip
