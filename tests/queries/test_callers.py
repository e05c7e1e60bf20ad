from datetime import date
from types import SimpleNamespace

import pytest

from extensions import db
from models import Resident, ResidentPhone, Tenure, TenureKind
from queries import callers, units
from queries.callers import Typed
from tests.factories import completed, do, registered

TODAY = date(2026, 11, 22)


def beside(cast, caller="", *, by=None, **typed):
    return callers.beside(Typed(caller, **typed), site_id=cast.site.id, viewer=by or cast.agent, today=TODAY)


def names(found):
    return [caller.resident.name for caller in found.callers]


@pytest.mark.parametrize(
    "typed",
    ["1380", "8000", "138 0013 8000", "+86 138", "１３８００１３", "0086138001", "刘", "女士", "lns", "LN", "3-2-501",
     "3栋2单元501", "3-2-5", "８０００"],
)  # fmt: skip
def test_a_caller_is_found_by_number_name_initials_or_room(cast, typed):
    assert names(beside(cast, typed)) == ["刘女士"]


@pytest.mark.parametrize("typed", ["", "138", "l", "9999", "王先生", "3-2-502", "%", "__", "lx%", "🏠" * 50, "(((("])
def test_too_little_or_something_else_finds_nobody(cast, typed):
    assert names(beside(cast, typed)) == []


def test_the_caller_brings_number_and_unit_along(cast):
    (caller,) = beside(cast, "8000").callers
    assert caller.number == "+8613800138000"
    assert [(home.unit.label, home.unit.building.name) for home in caller.homes] == [("3-2-501", "3栋")]


def test_who_has_moved_out_is_found_without_the_unit(cast):
    gone = Resident(site_id=cast.site.id, name="何先生", initials="hxs")
    db.session.add(gone)
    db.session.flush()
    db.session.add(
        Tenure(
            site_id=cast.site.id, resident_id=gone.id, unit_id=cast.next_door.id, kind=TenureKind.TENANT,
            starts_on=date(2020, 1, 1), ends_on=date(2026, 11, 21),
        )
    )  # fmt: skip
    db.session.commit()
    (caller,) = beside(cast, "hxs").callers
    assert caller.homes == [] and caller.number == ""


def test_the_number_that_was_typed_is_the_one_to_write_down(cast):
    db.session.add(
        ResidentPhone(site_id=cast.site.id, resident_id=cast.resident.id, number="+8675526009876", position=1)
    )
    db.session.commit()
    assert beside(cast, "0755-2600").callers[0].number == "+8675526009876"
    assert beside(cast, "1380").callers[0].number == "+8613800138000"


@pytest.mark.parametrize("typed", ["1399", "9999", "139 9999 9999", "86139", "0755-2611", "5010"])
def test_nines_and_extensions_are_digits_like_others(cast, typed):
    for position, number in enumerate(("+8613999999999", "+8675526115010;ext=801"), 1):
        db.session.add(
            ResidentPhone(site_id=cast.site.id, resident_id=cast.resident.id, number=number, position=position)
        )
    db.session.commit()
    assert names(beside(cast, typed)) == ["刘女士"]


def test_open_requests_of_the_person_the_number_and_the_unit_appear(cast):
    of_unit = registered(cast, words="单元", caller_phone="", unit_id=str(cast.unit.id))
    of_person = registered(cast, words="人", caller_phone="", unit_id="", resident_id=str(cast.resident.id))
    of_number = registered(cast, words="号码", unit_id="")
    registered(cast, words="别人", caller_phone="+8613900000000", unit_id=str(cast.next_door.id))
    found = beside(cast, "13800138000", number="+8613800138000").open_requests
    assert {request.id for request in found} == {of_unit.id, of_person.id, of_number.id}


def test_a_number_nobody_knows_still_finds_its_open_requests(cast):
    stranger = registered(cast, caller_phone="+8613911112222", unit_id="")
    found = beside(cast, "13911112222", number="+8613911112222")
    assert (found.callers, [request.id for request in found.open_requests]) == ([], [stranger.id])


def test_what_is_closed_or_cancelled_is_not_open(cast):
    do("cancel", registered(cast), cast.agent, reason="resident_withdrew")
    waiting = completed(cast)
    assert [request.id for request in beside(cast, "8000").open_requests] == [waiting.id]


def test_a_unit_typed_in_its_own_field_finds_the_same(cast):
    leak = registered(cast, caller_phone="")
    found = beside(cast, unit="3栋2单元501")
    assert found.unit.label == "3-2-501"
    assert (names(found), [request.id for request in found.open_requests]) == (["刘女士"], [leak.id])


def test_the_same_fault_next_door_appears_with_the_category(cast):
    leak = registered(cast, caller_phone="")
    assert beside(cast, unit="3-2-502").open_requests == []
    found = beside(cast, unit="3-2-502", category_id=cast.dripping_tap.id).open_requests
    assert [request.id for request in found] == [leak.id]


def test_the_other_site_is_out_of_sight(cast):
    assert names(beside(cast, "1390")) == []
    elsewhere = SimpleNamespace(site=cast.elsewhere.site, agent=cast.agent)
    assert names(beside(elsewhere, "1390")) == []
    assert names(beside(elsewhere, "1390", by=cast.quality)) == ["刘女士"]


def test_three_statements_tell_all_of_it(cast, queries_run):
    for _ in range(5):
        registered(cast)
    queries_run.clear()
    found = beside(cast, "3-2-501", number="", category_id=cast.dripping_tap.id)
    assert len(found.open_requests) == 5
    assert len(queries_run) <= 3


@pytest.mark.parametrize(
    ("typed", "offered"), [("3-2-503", ["3-2-501", "3-2-502"]), ("3栋", ["3-2-501", "3-2-502"]), ("9-1-1", [])]
)
def test_units_like_the_one_typed_are_offered(cast, typed, offered):
    assert units.near(typed, cast.site.id) == offered


def test_the_likest_unit_is_offered_first(cast):
    assert units.near("3-2-502", cast.site.id)[0] == "3-2-502"


def test_a_number_of_two_residents_names_neither(cast):
    assert callers.only_one_with("+8613800138000", cast.site.id).name == "刘女士"
    other = Resident(site_id=cast.site.id, name="刘先生", initials="lxs")
    db.session.add(other)
    db.session.flush()
    db.session.add(ResidentPhone(site_id=cast.site.id, resident_id=other.id, number="+8613800138000"))
    db.session.commit()
    assert callers.only_one_with("+8613800138000", cast.site.id) is None
