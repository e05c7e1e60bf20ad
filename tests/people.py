"""The cast: one company, two sites, and the people every story is told with."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

from actions import service_standards
from domain.kinds import Kind
from domain.permissions import Role
from domain.service_classes import ServiceClass
from extensions import db
from models import (
    Building,
    Category,
    Company,
    Department,
    PropertyType,
    Qualification,
    Resident,
    ResidentPhone,
    Site,
    Tenure,
    TenureKind,
    Unit,
    User,
    UserRole,
)

SITE_ROLES = {
    "agent": (Role.AGENT, "centre", "王晓梅"),
    "agent2": (Role.AGENT, "centre", "周婷"),
    "director": (Role.DIRECTOR, "centre", "陈国华"),
    "site_director": (Role.SITE_DIRECTOR, "centre", "林建平"),
    "head": (Role.HEAD, "engineering", "赵铁军"),
    "technician": (Role.TECHNICIAN, "engineering", "李师傅"),
    "technician2": (Role.TECHNICIAN, "engineering", "张师傅"),
    "guard": (Role.GUARD, "security", "孙大勇"),
    "cashier": (Role.CASHIER, "centre", "吴敏"),
}
COMPANY_ROLES = {
    "quality": (Role.QUALITY, "郑品"),
    "company_department": (Role.COMPANY_DEPARTMENT, "钱工"),
    "leader": (Role.LEADER, "何总"),
    "administrator": (Role.ADMINISTRATOR, "管理员"),
}


def make_cast() -> SimpleNamespace:
    """Everybody and everything the tests speak of, saved: `cast.agent`, `cast.site`, `cast.elsewhere.agent`, …"""
    company = Company(name="安居物业", name_en="Anju Property")
    db.session.add(company)
    db.session.flush()
    service_standards.add_defaults(company)
    cast = SimpleNamespace(company=company)
    add_categories(cast)
    for name, (role, full_name) in COMPANY_ROLES.items():
        setattr(cast, name, person(company, None, None, name, full_name, role))
    add_site(cast, cast, "YH", "云湖花园", "Cloud Lake Garden", PropertyType.RESIDENTIAL)
    cast.elsewhere = SimpleNamespace(company=company)
    add_site(cast, cast.elsewhere, "KJ", "科技园", "Tech Park", PropertyType.OFFICE)
    db.session.add(Qualification(user_id=cast.technician.id, category_id=cast.plumbing.id))
    db.session.add(Qualification(user_id=cast.technician2.id, category_id=cast.plumbing.id))
    db.session.commit()
    db.session.expunge_all()
    return cast


def add_categories(cast: SimpleNamespace) -> None:
    """A branch of the tree: plumbing, leaks, burst pipe; and a trade without children."""
    cast.plumbing = category(cast.company, None, "plumbing", "给排水", "Plumbing")
    cast.leaks = category(cast.company, cast.plumbing, "leaks", "漏水", "Leaks")
    cast.burst_pipe = category(
        cast.company, cast.leaks, "burst", "水管爆裂", "Burst pipe", ServiceClass.URGENT, emergency_kind=Kind.REPAIR
    )
    cast.dripping_tap = category(cast.company, cast.leaks, "tap", "水龙头滴水", "Dripping tap", ServiceClass.MINOR)
    cast.noise = category(cast.company, None, "noise", "噪音", "Noise")


def category(company, parent, code, name, name_en, service_class=None, **more) -> Category:
    """One node of the tree."""
    row = Category(
        company_id=company.id, code=code, name=name, name_en=name_en, service_class=service_class,
        depth=parent.depth + 1 if parent else 1, parent_id=parent.id if parent else None,
        department_code="engineering", **more,
    )  # fmt: skip
    row.id = uuid4()
    row.trade_id = parent.trade_id if parent else row.id
    return saved(row)


def add_site(cast, here, code, name, name_en, property_type) -> None:
    """A site with its departments, its people, a building, two units and a family."""
    here.site = saved(
        Site(
            company_id=cast.company.id, code=code, name=name, name_en=name_en,
            property_type=property_type, centre_phone="0755-26000000",
        )
    )  # fmt: skip
    for department_code, words in (("centre", "客服中心"), ("engineering", "工程部"), ("security", "安全部")):
        department = Department(
            company_id=cast.company.id, site_id=here.site.id, code=department_code, name=words, name_en=department_code
        )
        setattr(here, department_code, saved(department))
    for username, (role, department_code, full_name) in SITE_ROLES.items():
        department = getattr(here, department_code)
        setattr(here, username, person(cast.company, here.site, department, f"{username}-{code}", full_name, role))
    here.building = saved(Building(site_id=here.site.id, code="3", name="3栋", name_en="Building 3"))
    here.unit, here.next_door = (
        saved(
            Unit(
                site_id=here.site.id, building_id=here.building.id, entrance="2", floor=5, number=number,
                label=f"3-2-{number}",
            )
        )
        for number in ("501", "502")
    )  # fmt: skip
    here.resident = saved(Resident(site_id=here.site.id, name="刘女士", initials="lns"))
    saved(ResidentPhone(site_id=here.site.id, resident_id=here.resident.id, number=PHONES[code]))
    saved(
        Tenure(
            site_id=here.site.id, resident_id=here.resident.id, unit_id=here.unit.id, kind=TenureKind.OWNER,
            starts_on=date(2020, 5, 1),
        )
    )  # fmt: skip


PHONES = {"YH": "+8613800138000", "KJ": "+8613900139000"}


def person(company, site, department, username, name, *roles: Role) -> User:
    """A colleague with these roles, who can work but has no password."""
    user = User(
        company_id=company.id, site_id=site.id if site else None, department_id=department.id if department else None,
        username=username, name=name, on_duty=True, is_enabled=True, session_epoch=0, language="zh_Hans_CN",
        email=f"{username}@example.test",
    )  # fmt: skip
    user.role_rows = [UserRole(role=role) for role in roles]
    user.qualifications = []
    user.site, user.department = site, department
    return saved(user)


def saved(row):
    """The row, with its key, visible to what follows."""
    db.session.add(row)
    db.session.flush()
    return row
