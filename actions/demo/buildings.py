"""Buildings and units: six blocks of flats at one site, three office towers at the other."""

from types import SimpleNamespace
from uuid import uuid4

from actions.demo.company import saved
from extensions import db
from models import Building, Unit, UnitUse

BLOCKS = (("1", 2, 14), ("2", 2, 14), ("3", 3, 14), ("4", 2, 16), ("5", 2, 16), ("6", 1, 13))  # entrances, floors
FLATS_A_LANDING = 4
TOWERS = (("A", 16), ("B", 12), ("C", 8))  # floors
OFFICES_A_FLOOR = 4
COMMON_AREAS = {
    "YH": (
        "地下车库B区",
        "北门岗亭",
        "东门道闸",
        "中心花园",
        "儿童乐园",
        "垃圾房",
        "人工湖步道",
        "会所大堂",
        "电动车棚",
    ),
    "KC": ("B2车库", "A座大堂", "B座货梯厅", "员工餐厅", "园区南门", "中央广场", "C座卸货区"),
}


def add_buildings(estate: SimpleNamespace) -> None:
    """All units, by site code, as `estate.units["YH"]`."""
    estate.units = {
        "YH": [unit for place, block in enumerate(BLOCKS) for unit in flats_of(estate, place, *block)],
        "KC": [unit for place, tower in enumerate(TOWERS) for unit in offices_of(estate, place, *tower)],
    }
    for units in estate.units.values():
        db.session.add_all(units)
    db.session.flush()


def flats_of(estate: SimpleNamespace, position: int, code: str, entrances: int, floors: int) -> list[Unit]:
    """The flats of a block, four to a landing, and two shops at the street under the last one."""
    building = new_building(estate, "YH", code, f"{code}栋", f"Block {code}", position)
    flats = [
        unit(building, str(entrance), floor, f"{floor}{door:02}", f"{code}-{entrance}-{floor}{door:02}", UnitUse.FLAT)
        for entrance in range(1, entrances + 1)
        for floor in range(1, floors + 1)
        for door in range(1, FLATS_A_LANDING + 1)
    ]
    if code == BLOCKS[-1][0]:
        flats += [unit(building, "", 1, f"S{n}", f"{code}-S{n}", UnitUse.SHOP) for n in (1, 2)]
    return flats


def offices_of(estate: SimpleNamespace, position: int, code: str, floors: int) -> list[Unit]:
    """The offices of a tower, which has no entrances: A-1203."""
    building = new_building(estate, "KC", code, f"{code}座", f"Tower {code}", position)
    return [
        unit(building, "", floor, f"{floor}{door:02}", f"{code}-{floor}{door:02}", UnitUse.OFFICE)
        for floor in range(2, floors + 1)
        for door in range(1, OFFICES_A_FLOOR + 1)
    ]


def new_building(
    estate: SimpleNamespace, site_code: str, code: str, name: str, name_en: str, position: int
) -> Building:
    """One building of a site."""
    site = estate.sites[site_code]
    return saved(Building(site_id=site.id, code=code, name=name, name_en=name_en, position=position))


def unit(building: Building, entrance: str, floor: int, number: str, label: str, use: UnitUse) -> Unit:
    """One unit, not yet saved."""
    return Unit(
        id=uuid4(),
        site_id=building.site_id,
        building_id=building.id,
        building=building,
        entrance=entrance,
        floor=floor,
        number=number,
        label=label,
        use=use,
    )
