"""What residents say, put together from the sheets: an opening, the trouble, details, and what they ask for."""

import re
from random import Random

from actions.demo.sheets import complaints_of, phrases
from models import Category, Unit

# A flat is not an office: what can only be said at one of the two sites.
OF_OFFICES = re.compile(
    "公司|办公|会议室|园区|整层|车间|员工|租户|客户|货梯|幕墙|同事|行政|茶水间|卸货|早高峰|厕纸|蹲位"
)
OF_HOMES = re.compile(
    "家|楼上|小区|孩子|小孩|卧|厨房|业主|老人|阳台|住户|狗|宠物|婴儿|阿姨|淋浴|单元|收楼|二手房|居住|邻居|儿童|散步|搬家"
)


def sayings_for(category: str, site_code: str) -> list[tuple[str, str]]:
    """What may be said of this category at this site: kind and words; nothing where the category does not fit."""
    other = OF_OFFICES if site_code == "YH" else OF_HOMES
    return [(kind, words) for kind, words in complaints_of(category) if not other.search(words)]


def told(draw: Random, saying: tuple[str, str], category: Category, unit: Unit, caller: str, site_code: str) -> str:
    """The words as they were taken down: mostly a few sentences, sometimes a long story."""
    kind, words = saying
    parts = [draw.choice(phrases()["opening"]), words + ("！" if kind == "help" else "。")]
    if kind not in ("help", "compliment"):
        parts += details(draw, kind, category, site_code)
    if draw.random() < 0.08 and kind == "complaint":
        fitting = [story for story in phrases()["story"] if site_code == "KC" or "园区" not in story]
        parts += draw.sample(fitting, min(len(fitting), draw.choice((2, 3, 3))))
    if draw.random() < 0.8:
        parts.append(draw.choice(phrases()[f"ask.{kind}"]))
    since = draw.choice(phrases()["since"])
    return "".join(parts).format(home=unit.label, caller=caller, since=since, spot=draw.randrange(10, 380))


def details(draw: Random, kind: str, category: Category, site_code: str) -> list[str]:
    """None to three more sentences, of those that suit who will have to do it."""
    other = OF_OFFICES if site_code == "YH" else OF_HOMES
    topic = "centre" if kind == "enquiry" else category.department_code
    if kind == "complaint" and topic == "centre":
        topic = "security"
    fitting = [words for words in phrases()[f"detail.{topic}"] if not other.search(words)]
    return draw.sample(fitting, min(len(fitting), draw.choice((0, 1, 2, 2, 3, 3))))
