"""The administration, as an administrator's browser meets it."""

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from domain.permissions import Role
from extensions import db, now
from models import (
    AdministrationEntry,
    Building,
    Company,
    Department,
    ServiceStandard,
    Site,
    SpecialDay,
    User,
    WorkingWeek,
)
from queries import users
from tests.people import person
from tests.visits import signed_in

NOWHERE = UUID(int=7)
HARD = ["", "x" * 10_000, "\x00", "🙂", "１２", "<script>alert(1)</script>", "'; drop table user; --", "-1", "NaN"]


@pytest.fixture
def administrator(cast, client_for):
    return client_for(cast.administrator)


def pages(cast):
    return [
        "/administration",
        "/administration/users",
        "/administration/users/new",
        f"/administration/users/{cast.technician.id}",
        "/administration/standards",
        f"/administration/standards?site={cast.site.id}&category={cast.burst_pipe.id}",
        "/administration/standards/urgent",
        f"/administration/calendars/{cast.site.id}",
        "/administration/categories",
        f"/administration/categories/{cast.leaks.id}",
        f"/administration/categories/new?below={cast.leaks.id}",
        "/administration/places",
        f"/administration/places/departments/new?site={cast.site.id}",
        f"/administration/places/departments/{cast.engineering.id}",
        f"/administration/places/{cast.site.id}/buildings/new",
        f"/administration/places/buildings/{cast.building.id}",
    ]


def account(**changed):
    return {
        "name": "新同事",
        "username": "new",
        "phone": "",
        "email": "",
        "post": "company",
        "roles": ["leader"],
    } | changed


def test_every_page_opens_with_few_statements(cast, administrator, queries_run):
    for url in pages(cast):
        queries_run.clear()
        answer = administrator.get(url)
        assert answer.status_code == 200, url
        assert len(queries_run) <= 8, (url, len(queries_run))
        assert len(BeautifulSoup(answer.text, "html.parser").find_all("h1")) == 1


def test_the_list_of_people_asks_as_little_for_sixty_as_for_one(cast, administrator, queries_run):
    queries_run.clear()
    administrator.get("/administration/users")
    few = len(queries_run)
    for number in range(60):
        person(cast.company, cast.site, cast.engineering, f"many{number}", "很多人", Role.TECHNICIAN, Role.HEAD)
    db.session.commit()
    queries_run.clear()
    administrator.get("/administration/users")
    assert len(queries_run) == few <= 5


@pytest.mark.parametrize("who", ["agent", "director", "site_director", "head", "guard", "quality", "leader"])
def test_nobody_else_comes_in(cast, client_for, who):
    visitor = client_for(getattr(cast, who))
    assert {visitor.get(url).status_code for url in pages(cast)} == {403}


def test_a_new_colleague_is_invited_by_a_link_shown_once(app, cast, administrator):
    answer = administrator.post("/administration/users/new", data=account(phone="138 0013 8111"))
    assert answer.status_code == 303
    page = BeautifulSoup(administrator.get(answer.location).text, "html.parser")
    link = page.find(id="invitation-link")["value"]
    assert "invitation-link" not in administrator.get(answer.location).text
    stranger = app.test_client()
    assert stranger.post(link, data={"password": "一句好记的话 7", "again": "一句好记的话 7"}).status_code == 303
    assert users.of_name_or_phone("new", None).phone == "+8613800138111"


@pytest.mark.parametrize("field", ["name", "username", "phone", "email", "post", "roles", "trades"])
@pytest.mark.parametrize("typed", HARD)
def test_whatever_is_typed_about_a_colleague_is_taken_or_refused_in_words(cast, administrator, field, typed):
    answer = administrator.post("/administration/users/new", data=account(**{field: typed}))
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        page = BeautifulSoup(answer.text, "html.parser")
        assert page.select(".field-error")
        assert page.find(id="name")["value"] == (typed.replace("\x00", "") if field == "name" else "新同事")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "AGENT-yh"}, "username"),
        ({"username": "13800138000"}, "username"),
        ({"roles": ["technician"]}, "post"),
        ({"roles": []}, "roles"),
        ({"post": f"site-{NOWHERE}"}, "post"),
        ({"email": "not an address"}, "email"),
        ({"phone": "not a number"}, "phone"),
    ],
)
def test_an_account_that_cannot_be_is_refused_at_its_field(cast, administrator, changed, field):
    answer = administrator.post("/administration/users/new", data=account(**changed))
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html.parser").find(id=f"{field}-error")


def test_a_colleague_moves_to_another_department_and_role_at_once(cast, administrator, client_for):
    visitor = client_for(cast.guard)
    assert visitor.get("/desk").status_code == 403
    typed = account(name="孙大勇", username="guard-yh", post=f"department-{cast.centre.id}", roles=["agent", "guard"])
    assert administrator.post(f"/administration/users/{cast.guard.id}", data=typed).status_code == 303
    assert visitor.get("/desk").status_code == 200
    entry = db.session.scalars(select(AdministrationEntry)).one()
    assert entry.by_id == cast.administrator.id
    assert entry.changes["roles"] == ["guard", "agent, guard"]


def test_nobody_disables_themselves_or_the_last_administrator(cast, administrator):
    own = f"/administration/users/{cast.administrator.id}"
    assert administrator.post(f"{own}/disable").status_code == 409
    typed = account(name="管理员", username="administrator", roles=["leader"])
    assert administrator.post(own, data=typed).status_code == 422
    assert users.of_id(cast.administrator.id).roles == {Role.ADMINISTRATOR}


def test_a_disabled_account_can_be_enabled_again(cast, administrator, client_for):
    visitor = client_for(cast.agent)
    url = f"/administration/users/{cast.agent.id}"
    assert administrator.post(f"{url}/disable").status_code == 303
    assert visitor.get("/me").status_code == 302
    assert administrator.post(f"{url}/invite").status_code == 409
    assert administrator.post(f"{url}/enable").status_code == 303
    assert users.of_id(cast.agent.id).is_enabled


def test_a_locked_account_is_shown_and_unlocked(cast, administrator):
    user = db.session.get(User, cast.agent.id)
    user.failed_sign_ins, user.locked_until = 8, now() + timedelta(minutes=10)
    db.session.commit()
    assert "agent-YH" in administrator.get("/administration/users?status=locked").text
    assert administrator.post(f"/administration/users/{cast.agent.id}/unlock").status_code == 303
    assert users.of_id(cast.agent.id).locked_until is None


@pytest.mark.parametrize("path", ["", "/invite", "/unlock", "/enable", "/disable"])
def test_another_company_is_out_of_reach(cast, administrator, path):
    other = Company(name="别家物业", name_en="Others")
    db.session.add(other)
    db.session.flush()
    foreign = person(other, None, None, "foreign", "外人", Role.ADMINISTRATOR)
    db.session.commit()
    url = f"/administration/users/{foreign.id}{path}"
    assert administrator.post(url, data=account()).status_code == 404
    assert "foreign" not in administrator.get("/administration/users").text


@pytest.mark.parametrize(
    ("query", "found", "missing"),
    [
        ("text=王晓", "agent-YH", "guard-YH"),
        ("role=guard", "guard-YH", "agent-YH"),
        ("site=company", "quality", "agent-YH"),
        ("text=％", "", "agent-YH"),
        ("role=emperor&site=x&status=y", "agent-YH", "nobody"),
    ],
)
def test_people_are_found(cast, administrator, query, found, missing):
    text = administrator.get(f"/administration/users?{query}").text
    assert found in text
    assert missing not in text


def test_people_are_paged_there_and_back(cast, administrator):
    for number in range(70):
        person(cast.company, cast.site, cast.engineering, f"many{number:02}", "很多人", Role.TECHNICIAN)
    db.session.commit()
    seen, url = [], "/administration/users?text=many"
    for _ in range(2):
        page = BeautifulSoup(administrator.get(url).text, "html.parser")
        seen += [row.td.find_next_sibling().text for row in page.select("tbody tr")]
        url = (page.find(rel="next") or {}).get("href")
    assert seen == [f"many{number:02}" for number in range(70)]
    assert url is None
    back = BeautifulSoup(administrator.get(page.find(rel="prev")["href"]).text, "html.parser")
    assert len(back.select("tbody tr")) == 50


def standard(**changed):
    """The form as a browser sends it: every clock with three fields, all but the first without a deadline."""
    typed = {"acknowledge_length": "10", "follow_up_share": "50"}
    for clock in ("acknowledge", "dispatch", "arrive", "contain", "complete", "reply", "follow_up"):
        typed |= {f"{clock}_calendar": "working", f"{clock}_warning": "70"}
        typed.setdefault(f"{clock}_length", "")
    return typed | changed


def test_a_standard_is_changed_by_a_new_row(cast, administrator):
    answer = administrator.post(
        "/administration/standards/urgent", data=standard(complete_length="1 d", complete_calendar="working")
    )
    assert answer.status_code == 303
    rows = db.session.scalars(select(ServiceStandard).where(ServiceStandard.service_class == "urgent")).all()
    latest = max(rows, key=lambda row: row.valid_from)
    assert len(rows) == 2
    assert latest.allowances["complete"] == {"minutes": 450, "round_the_clock": False, "warn_percent": 70}
    assert latest.allowances.keys() == {"acknowledge", "complete"}
    assert latest.follow_up_share == 50


@pytest.mark.parametrize(
    "field", ["acknowledge_length", "acknowledge_calendar", "acknowledge_warning", "follow_up_share", "valid_from"]
)
@pytest.mark.parametrize("typed", [*HARD, "0", "2020-01-01T00:00", "1e9"])
def test_a_standard_typed_badly_is_refused_in_words_and_kept(cast, administrator, field, typed):
    answer = administrator.post("/administration/standards/minor", data=standard(**{field: typed}))
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert "field-error" in answer.text


def test_a_standard_of_a_site_can_be_withdrawn_and_the_companys_own_cannot(cast, administrator):
    url = f"/administration/standards/urgent?site={cast.site.id}"
    assert administrator.post(url, data=standard()).status_code == 303
    own = db.session.scalars(select(ServiceStandard).where(ServiceStandard.site_id == cast.site.id)).one()
    assert administrator.post(f"/administration/standards/withdraw/{own.id}").status_code == 303
    company = db.session.scalars(select(ServiceStandard).where(ServiceStandard.site_id.is_(None))).first()
    assert administrator.post(f"/administration/standards/withdraw/{company.id}").status_code == 409


@pytest.mark.parametrize("query", ["site=x", "category=x", f"site={NOWHERE}", f"category={NOWHERE}"])
def test_a_scope_there_is_not_is_not_found(cast, administrator, query):
    assert administrator.get(f"/administration/standards?{query}").status_code == 404
    assert administrator.get("/administration/standards/nonsense").status_code == 404


WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "8:30-12:00, 13:30-17:30")
WEEK |= {"saturday": "", "sunday": ""}


def test_a_site_gets_other_hours_from_a_day_on(cast, administrator):
    url = f"/administration/calendars/{cast.site.id}"
    typed = WEEK | {"saturday": "９：００－１２：００，14-18", "valid_from": "2099-01-01"}
    assert administrator.post(f"{url}/week", data=typed).status_code == 303
    row = db.session.scalars(select(WorkingWeek)).one()
    assert row.spans[5] == [["09:00", "12:00"], ["14:00", "18:00"]]
    assert "09:00-12:00, 14:00-18:00" in administrator.get(url).text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"monday": "8:30"}, "monday"),
        ({"monday": "12:00-8:30"}, "monday"),
        ({"monday": "8:00-12:00, 11:00-13:00"}, "monday"),
        ({"monday": "25:00-26:00"}, "monday"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "tomorrow"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
        (dict.fromkeys(WEEK, ""), "monday"),
    ],
)
def test_hours_nobody_can_work_are_refused_at_their_field(cast, administrator, changed, field):
    typed = WEEK | {"valid_from": "2099-01-01"} | changed
    answer = administrator.post(f"/administration/calendars/{cast.site.id}/week", data=typed)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html.parser").find(id=f"{field}-error")


def test_a_single_day_is_added_and_removed(cast, administrator):
    url = f"/administration/calendars/{cast.site.id}"
    typed = {"day": "2099-05-04", "is_working": "no", "name": "停电"}
    assert administrator.post(f"{url}/days", data=typed).status_code == 303
    assert administrator.post(f"{url}/days", data=typed | {"is_working": "yes"}).status_code == 303
    row = db.session.scalars(select(SpecialDay)).one()
    assert row.is_working
    assert administrator.post(f"{url}/days/{row.id}/remove", data={"year": "2099"}).status_code == 303
    assert db.session.scalars(select(SpecialDay)).all() == []


def test_a_past_day_stays_as_it_was(cast, administrator):
    url = f"/administration/calendars/{cast.site.id}"
    answer = administrator.post(f"{url}/days", data={"day": "2020-05-04", "is_working": "no"})
    assert answer.status_code == 422
    past = SpecialDay(company_id=cast.company.id, day=now().date() - timedelta(days=9), is_working=False, name="旧")
    db.session.add(past)
    db.session.commit()
    administrator.post(f"{url}/days/{past.id}/remove")
    assert db.session.scalars(select(SpecialDay)).one().name == "旧"


def test_the_holidays_of_a_year_come_by_a_button_and_only_once(cast, administrator):
    url = f"/administration/calendars/{cast.site.id}"
    for _ in range(2):
        assert administrator.post(f"{url}/import", data={"year": "2099"}).status_code == 303
        days = db.session.scalars(select(SpecialDay)).all()
        assert len({day.day for day in days}) == len(days) > 5
    assert administrator.post(f"{url}/import", data={"year": "soon"}).status_code == 303


@pytest.mark.parametrize("year", ["2099", "soon", "-5", "99999", "1999"])
def test_any_year_can_be_looked_at(cast, administrator, year):
    assert administrator.get(f"/administration/calendars/{cast.site.id}?year={year}").status_code == 200


def test_a_category_is_added_and_edited(cast, administrator):
    typed = {"name": "阀门坏", "name_en": "Broken valve", "code": "valve", "service_class": "urgent", "is_quick": "y"}
    typed |= {"department_code": "", "emergency_kind": ""}
    url = f"/administration/categories/new?below={cast.leaks.id}"
    assert administrator.post(url, data=typed).status_code == 303
    assert administrator.post(url, data=typed).status_code == 422
    below_a_fault = f"/administration/categories/new?below={cast.burst_pipe.id}"
    assert administrator.post(below_a_fault, data=typed | {"code": "deep"}).status_code == 422
    edited = {"name": "漏水渗水", "name_en": "Leaks", "emergency_kind": "repair"}
    edited |= {"department_code": "engineering", "service_class": ""}
    assert administrator.post(f"/administration/categories/{cast.leaks.id}", data=edited).status_code == 303
    assert "漏水渗水" in administrator.get("/administration/categories").text


def test_somebody_signed_out_is_sent_to_the_door(app, cast):
    assert app.test_client().get("/administration").status_code == 302
    assert signed_in(app, cast.administrator).get("/").location == "/administration"


def test_departments_are_added_and_renamed(cast, administrator):
    url = f"/administration/places/departments/new?site={cast.site.id}"
    typed = {"name": "保洁部", "name_en": "Cleaning", "code": "cleaning"}
    assert administrator.post(url, data=typed).status_code == 303
    assert "已有此类部门" in administrator.post(url, data=typed).text
    for _ in range(2):
        assert administrator.post(url, data=typed | {"code": "other", "name": "车场部"}).status_code == 303
    codes = set(db.session.scalars(select(Department.code).where(Department.site_id == cast.site.id)))
    assert codes == {"centre", "engineering", "security", "cleaning", "other", "other-2"}
    own = f"/administration/places/departments/{cast.security.id}"
    assert administrator.post(own, data={"name": "秩序部", "name_en": "Order", "code": "x"}).status_code == 303
    assert "秩序部" in administrator.get("/administration/places").text
    assert db.session.get_one(Department, cast.security.id, populate_existing=True).code == "security"
    entry = db.session.scalars(select(AdministrationEntry).where(AdministrationEntry.action == "department_edited"))
    assert entry.one().changes["name"] == ["安全部", "秩序部"]


def test_buildings_are_added_and_renamed(cast, administrator):
    url = f"/administration/places/{cast.site.id}/buildings/new"
    typed = {"code": "７栋", "name": "7栋", "name_en": "Building 7", "position": "7"}
    assert administrator.post(url, data=typed).status_code == 303
    again = administrator.post(url, data=typed | {"code": "07", "name": "第七栋"})
    assert again.status_code == 422
    page = BeautifulSoup(again.text, "html.parser")
    assert page.find(id="code-error")
    assert (page.find(id="code")["value"], page.find(id="name")["value"]) == ("07", "第七栋")
    own = f"/administration/places/buildings/{cast.building.id}"
    typed = {"name": "三号楼", "name_en": "Block 3", "position": "1"}
    assert administrator.post(own, data=typed).status_code == 303
    found = db.session.scalars(select(Building).where(Building.site_id == cast.site.id).order_by(Building.position))
    assert [(one.code, one.name) for one in found] == [("3", "三号楼"), ("7", "7栋")]


@pytest.mark.parametrize("typed", [*HARD, "10000"])
@pytest.mark.parametrize("field", ["code", "name", "name_en", "position"])
def test_whatever_is_typed_about_a_building_is_taken_or_refused_in_words(cast, administrator, field, typed):
    filled = {"code": "7", "name": "7栋", "name_en": "Building 7", "position": "7"} | {field: typed}
    answer = administrator.post(f"/administration/places/{cast.site.id}/buildings/new", data=filled)
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert BeautifulSoup(answer.text, "html.parser").select(".field-error")


@pytest.mark.parametrize("path", ["departments", "buildings"])
def test_places_of_another_company_are_out_of_reach(cast, administrator, path):
    other = Company(name="别家物业", name_en="Others")
    db.session.add(other)
    db.session.flush()
    row = Department(company_id=other.id, site_id=None, code="centre", name="外", name_en="Out")
    if path == "buildings":
        words = {"code": "BJ", "name": "别家", "name_en": "Other", "property_type": "office", "centre_phone": ""}
        db.session.add(site := Site(company_id=other.id, **words))
        db.session.flush()
        row = Building(site_id=site.id, code="1", name="外", name_en="Out")
    db.session.add(row)
    db.session.commit()
    url = f"/administration/places/{path}/{row.id}"
    assert administrator.get(url).status_code == administrator.post(url, data={}).status_code == 404


def list_sent(cast, content, **changed):
    return {"site": str(cast.site.id), "file": (BytesIO(content), "list.csv")} | changed


def test_a_list_of_residents_is_brought_in(cast, administrator):
    template = administrator.get("/administration/places/residents/template.csv")
    assert template.text == "\ufeff楼栋,单元,楼层,房号,用途,姓名,电话,关系,起,止\r\n"
    content = template.data + "5栋,1,,301,,赵六,13600136000,业主,,\r\n".encode()
    answer = administrator.post("/administration/places/residents", data=list_sent(cast, content))
    assert answer.status_code == 303
    page = administrator.get(answer.location).text
    assert "新增房屋 1 套、住户 1 位" in page and "5栋" in page
    (entry,) = db.session.scalars(select(AdministrationEntry))
    assert (entry.action, entry.by_id) == ("residents_imported", cast.administrator.id)


def test_rows_that_cannot_be_taken_are_shown_with_their_reason(cast, administrator):
    content = "楼栋,房号,姓名,电话\n5栋,301,赵六,没有\n5栋,302,<b>钱七</b>,\n".encode()
    page = BeautifulSoup(
        administrator.post("/administration/places/residents", data=list_sent(cast, content)).text, "html.parser"
    )
    assert page.find(id="refused-title").text == "云湖花园：1 行未导入"
    assert page.find(id="site").find("option", selected=True)["value"] == str(cast.site.id)
    (row,) = page.select("#refused tbody tr")
    assert [cell.text for cell in row.find_all("td")] == ["2", "“没有”不是电话号码。", "5栋 · 301 · 赵六 · 没有"]
    assert len(page.find_all("h1")) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"file": (BytesIO(b""), "")},
        {"file": "no file"},
        {"site": str(NOWHERE)},
        {"site": "x"},
        {"site": ""},
        {"file": (BytesIO(b"nothing,of,ours\n1,2,3\n"), "x.csv")},
        {"file": (BytesIO(b"x" * (10 * 1024**2 + 1)), "large.csv")},
        {"file": (BytesIO(b"PK\3\4forged"), "x.xlsx")},
    ],
    ids=["empty", "words", "nowhere", "no site", "none chosen", "no columns", "too large", "forged"],
)
def test_what_is_no_list_is_refused_at_its_field(cast, administrator, changed):
    answer = administrator.post("/administration/places/residents", data=list_sent(cast, b"") | changed)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html.parser").select("#file-error, #site-error")


def test_a_company_has_one_special_day_a_day(cast, administrator):
    def day():
        return SpecialDay(company_id=cast.company.id, site_id=None, day=date(2099, 1, 1), is_working=False)

    db.session.add(day())
    db.session.commit()
    db.session.add(day())
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()


def field_values(answer):
    """What a browser would send back unchanged."""
    form = BeautifulSoup(answer.text, "html.parser").select_one("main form[method=post]")
    of_kind = form.select("input[name]:not([type=checkbox]):not([type=radio]), input[checked]")
    values = {one["name"]: one.get("value", "") for one in of_kind}
    chosen = {one["name"]: one.select_one("[selected]") or one.select_one("option") for one in form.select("select")}
    return values | {name: option["value"] for name, option in chosen.items()}


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("places/departments/{0.engineering.id}", {"name": "维保部"}, {"name_en": "Repairs"}),
        ("places/buildings/{0.building.id}", {"name": "三号楼"}, {"position": "5"}),
        ("categories/{0.leaks.id}", {"name": "渗漏", "service_class": "urgent"}, {"name_en": "Seepage"}),
        ("users/{0.quality.id}", {"name": "郑大品", "phone": "13500135000"}, {"email": "zheng@example.test"}),
        ("standards/urgent", {"follow_up_share": "55"}, {"complete_length": "3 h"}),
    ],
)
def test_the_second_of_two_administrators_is_told_and_loses_nothing(cast, administrator, path, first, second):
    url = "/administration/" + path.format(cast)
    mine = field_values(administrator.get(url))
    assert administrator.post(url, data=mine | first).status_code == 303
    answer = administrator.post(url, data=mine | second)
    assert answer.status_code == 409
    page = BeautifulSoup(answer.text, "html.parser")
    assert "其他人刚刚保存过" in page.select_one(".form-errors").text
    told = {line["id"].removesuffix("-error"): line.text.strip() for line in page.select(".field-error")}
    assert set(told) == first.keys() | second.keys()
    assert all(value in told[name] or name in ("phone", "service_class") for name, value in first.items())
    assert field_values(answer) | second == field_values(answer)
    assert administrator.post(url, data=field_values(answer)).status_code == 303
