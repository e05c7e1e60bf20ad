"""Bringing in the list a site already has: everybody once, however it was written, and nothing lost in silence."""

import csv
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from actions.imports.case import Unreadable
from actions.imports.resident_row import day_of, floor_of, phones_of
from actions.imports.residents import CHUNK, import_residents
from domain.days import local_day
from domain.errors import Invalid
from extensions import db, now
from models import AdministrationEntry, Building, Resident, Tenure, TenureKind, Unit, UnitUse
from queries import sites

HEAD = "楼栋,单元,楼层,房号,用途,姓名,电话,关系,起,止"
ROWS = [
    "3栋,2单元,5,501室,住宅,刘女士,13800138000,业主,2020-05-01,",
    "3栋,2单元,5,501室,住宅,刘小明,13500135000,家属,2020/5/1,",
    "A座,,12,1203,办公,云图科技有限公司,0755-26001234/13600136000,租户,2024年3月1日,2027年2月28日",
    "3,2,,602,,,,,,",
]


def csv_of(*rows, head=HEAD, encoding="utf-8"):
    return "\r\n".join([head, *rows]).encode(encoding)


def excel_of(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.fixture
def refused():
    return []


@pytest.fixture
def taken(cast, refused):
    """`taken(content)`: what became of the rows; line and reason of the refused ones are in `refused`."""

    def bring_in(content, **more):
        refused.clear()
        return import_residents(
            BytesIO(content), sites.of_code("YH"), by=cast.administrator,
            refuse=lambda row, reason: refused.append((row.line, str(reason))), **more,
        )  # fmt: skip

    return bring_in


def residents():
    """Everybody of the cast's site, by name."""
    asked = select(Resident).options(
        selectinload(Resident.phones), selectinload(Resident.tenures).options(joinedload(Tenure.unit))
    )
    here = asked.where(Resident.site_id == sites.of_code("YH").id).execution_options(populate_existing=True)
    return {one.name: one for one in db.session.scalars(here)}


def counts():
    tables = [db.metadata.tables[name] for name in ("building", "unit", "resident", "resident_phone", "tenure")]
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_whoever_is_not_there_yet_is_made_and_whoever_is_stays(taken, refused):
    totals = taken(csv_of(*ROWS))
    assert refused == []
    assert (totals.read, totals.brought_in, totals.known) == (4, 3, 1)  # 刘女士 is of the cast
    assert (totals.buildings, totals.units, totals.residents) == (1, 2, 2)
    firm = residents()["云图科技有限公司"]
    assert (firm.is_company, firm.initials) == (True, "ytkjyxgs")
    assert [phone.number for phone in firm.phones] == ["+8675526001234", "+8613600136000"]
    (tenure,) = firm.tenures
    assert (tenure.kind, tenure.unit.label, tenure.unit.use) == (TenureKind.TENANT, "A-1203", UnitUse.OFFICE)
    assert (tenure.starts_on, tenure.ends_on) == (date(2024, 3, 1), date(2027, 2, 28))


def test_a_unit_without_a_name_is_an_empty_one(taken):
    taken(csv_of("3,2,,602,,,,,,"))
    unit = db.session.scalars(select(Unit).where(Unit.label == "3-2-602")).one()
    assert (unit.entrance, unit.floor, unit.number, unit.use) == ("2", 6, "602", UnitUse.FLAT)
    assert db.session.scalar(select(func.count()).select_from(Tenure).where(Tenure.unit_id == unit.id)) == 0


def test_the_same_list_again_changes_nothing(taken):
    taken(csv_of(*ROWS))
    before = counts()
    again = taken(csv_of(*ROWS))
    assert (again.brought_in, again.known, counts()) == (0, 4, before)
    assert len(db.session.scalars(select(AdministrationEntry)).all()) == 1


def test_a_list_without_dates_changes_nothing_either_and_holds_since_today(taken, cast):
    rows = ["3,2,5,502,,张三,,,,", "3,2,5,502,,李四,13900139001,租户,,2020-01-31"]
    taken(csv_of(*rows))
    before, people = counts(), residents()
    assert people["张三"].tenures[0].starts_on == local_day(now(), cast.site.zone)
    assert people["李四"].tenures[0].starts_on == date(2020, 1, 31)
    assert (taken(csv_of(*rows)).brought_in, counts()) == (0, before)


def test_one_person_with_two_flats_is_one_person_and_namesakes_are_not(taken):
    taken(
        csv_of(
            "3,2,5,501,,王芳,13500135001,业主,2020-01-01,", "3,2,5,502,,王芳,13500135001,业主,2021-01-01,",
            "3,2,6,601,,王芳,13500135002,业主,2020-01-01,", "3,2,6,601,,王芳,13500135003,业主,2020-01-01,",
        )
    )  # fmt: skip
    asked = select(Resident).where(Resident.name == "王芳").options(selectinload(Resident.phones))
    assert sorted(len(one.phones) for one in db.session.scalars(asked)) == [1, 2]
    assert db.session.scalar(select(func.count()).select_from(Tenure)) == 2 + 3  # those of the cast's two sites, too


def test_a_tie_that_ended_is_closed_and_the_next_one_is_another(taken):
    taken(csv_of("3,2,5,502,,张三,,租户,2024-01-01,"))
    taken(csv_of("3,2,5,502,,张三,,租户,2024-01-01,2024-12-31", "3,2,5,502,,张三,,租户,2024-12-31,"))
    days = [(tenure.starts_on, tenure.ends_on) for tenure in residents()["张三"].tenures]
    assert days == [(date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 12, 31), None)]


def test_bad_rows_are_listed_with_line_and_reason_and_hold_up_nothing(taken, refused):
    totals = taken(
        csv_of(
            "3,2,5,,,张三,,,,", ",,,501,,张三,,,,", "3,2,五,502,,张三,,,,", "3,2,5,502,别墅,张三,,,,",
            "3,2,5,502,,张三,没有,,,", "3,2,5,502,,张三,,邻居,,", "3,2,5,502,,张三,,,2020-13-01,",
            "3,2,5,502,,张三,,,2020-02-01,2020-01-01", "3,2,5,502,,,13800138000,,,", "3,2,5,502,,张三,1.38E+10,,,",
            "3,2,5,502,,张\0三,,,,", "3,2,5,502,,张三,,,,,,多", "3,2,5,502,,好人",
        )
    )  # fmt: skip
    assert (totals.brought_in, totals.rejected) == (1, 12)
    assert set(residents()) == {"刘女士", "好人"}
    assert refused == [
        (2, "The unit is missing."), (3, "The building is missing."), (4, "五 is not a floor."),
        (5, "别墅 is none of these: 住宅、办公、商铺、厂房."), (6, "没有 is not a telephone number."),
        (7, "邻居 is none of these: 业主、租户、家属、员工."), (8, "2020-13-01 is not a date."),
        (9, "The end lies before the beginning."), (10, "The name is missing."),
        (11, "1.38E+10 is not a telephone number."), (12, "contains a NUL character"),
        (13, "has more cells than there are columns"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_lists_are_taken_as_people_leave_them(taken, refused, encoding):
    rows = [
        "云湖花园业主清册,,,,,,,,,",
        HEAD,
        "",
        "３栋,２单元,五,５０２室,,,,,,",
        "３栋,２单元,５,５０２室,,张\u3000三,１３５００１３５０００,,,",
        ",,,,",
    ]
    totals = taken("\r\n".join(rows).encode(encoding))
    assert (totals.brought_in, refused) == (1, [(4, "五 is not a floor.")])
    person = residents()["张 三"]
    assert (person.phones[0].number, person.tenures[0].unit.label) == ("+8613500135000", "3-2-502")


def test_no_break_spaces_and_english_heads_are_taken(taken, refused):
    content = csv_of("3\xa0,2,502,Ann\xa0Lee,13500135000,Tenant", head="\ufeffBuilding,Entrance,Unit,Name,Phone,Tenure")
    assert (taken(content).brought_in, refused) == (1, [])
    assert residents()["Ann Lee"].tenures[0].kind is TenureKind.TENANT


def test_a_unit_may_be_written_whole(taken):
    taken(csv_of("3-2-701,张三", head="房号,姓名"))
    unit = residents()["张三"].tenures[0].unit
    assert (unit.label, unit.entrance, unit.number, unit.floor) == ("3-2-701", "2", "701", 7)


def test_excel_is_taken_with_its_numbers_and_days(taken, refused):
    day = datetime(2020, 5, 1)  # noqa: DTZ001 (as Excel keeps it)
    rows = [HEAD.split(","), [3, 2, 5.0, 502, "住宅", "张三", 13500135000, "业主", day, 46053], [None]]
    assert (taken(excel_of(*rows)).brought_in, refused) == (1, [])
    (tenure,) = residents()["张三"].tenures
    assert (tenure.unit.label, tenure.starts_on, tenure.ends_on) == ("3-2-502", date(2020, 5, 1), date(2026, 1, 31))


def test_bytes_that_are_not_text_cost_only_their_row(taken, refused):
    content = csv_of("3,2,5,502,,张三,,,,") + b"\r\n3,2,5,502,,\xff\xff,,,,\r\n"
    assert (taken(content).brought_in, refused) == (1, [(3, "is not UTF-8")])


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\0", csv_of("x", head="nothing,of,ours"), b"PK\3\4 no zip", excel_of([])[:500], excel_of(["a"]),
     b"\xd0\xcf\x11\xe0 old excel"],
)  # fmt: skip
def test_what_is_no_list_is_refused_as_a_whole(taken, content):
    before = counts()
    with pytest.raises(Invalid):
        taken(content)
    assert counts() == before


def test_a_long_list_is_taken_piece_by_piece_and_says_how_far_it_is(taken):
    shares = []
    rows = [f"9,1,{n // 4 + 1},{n // 4 + 1}{n % 4 + 1:02},,住户{n},,,," for n in range(CHUNK + 20)]
    totals = taken(csv_of(*rows), progress=shares.append)
    assert (totals.units, totals.residents, totals.buildings) == (CHUNK + 20, CHUNK + 20, 1)
    assert shares == sorted(shares) and shares[-1] == 1 and len(shares) == 2
    assert db.session.scalars(select(Building).where(Building.code == "9")).one().name == "9栋"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("13800138000/13900139000", ("+8613800138000", "+8613900139000")),
        ("13800138000、13800138000", ("+8613800138000",)),
        ("138 0013 8000", ("+8613800138000",)),
        ("13800138000 13900139000;0755-26000000转801",
         ("+8613800138000", "+8613900139000", "+8675526000000;ext=801")),
        ("26001234", ("26001234",)),
        ("", ()),
    ],
)  # fmt: skip
def test_telephone_numbers_are_taken_apart(typed, numbers):
    assert phones_of(typed) == numbers


@pytest.mark.parametrize(
    "typed", ["2026-1-31", "2026/01/31", "2026.1.31", "2026年1月31日", "20260131", "46053", "2026-01-31 00:00:00"]
)
def test_days_come_in_several_shapes(typed):
    assert day_of(typed) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("typed", "number", "floor"),
    [("", "1203", 12), ("", "S1", 1), ("12F", "", 12), ("B1", "", -1), ("负2层", "", -2), ("-1", "", -1)],
)
def test_floors_are_read_or_told_from_the_number(typed, number, floor):
    assert floor_of(typed, number) == floor


def test_a_day_that_is_none_is_refused():
    with pytest.raises(Unreadable):
        day_of("soon")


def test_the_command_says_what_came_of_it_and_lists_refused_rows(app, cast, tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of(*ROWS, "3,2,5,502,,张三,没有,,,"))
    answer = app.test_cli_runner().invoke(args=["import-residents", str(file), "--site", "YH"])
    assert answer.exit_code == 0, answer.output
    assert "3  brought in: 2 new units, 2 new residents" in answer.output
    with (tmp_path / "list.csv.rejected.csv").open(encoding="utf-8") as rejected:
        (row,) = csv.DictReader(rejected)
    assert (row["line"], row["refused_because"], row["姓名"]) == ("6", "没有 is not a telephone number.", "张三")
    answer = app.test_cli_runner().invoke(args=["import-residents", str(file), "--site", "NOWHERE"])
    assert (answer.exit_code, answer.output) == (1, "Error: There is no site with the code NOWHERE.\n")
