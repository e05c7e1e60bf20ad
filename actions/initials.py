"""The pinyin initials under which a name is found: 曾 is zeng as a surname, céng elsewhere."""

from pypinyin import Style, lazy_pinyin

# Surnames that are read otherwise than the same character elsewhere, by their initial.
SURNAMES = {
    "曾": "z", "单": "s", "解": "x", "仇": "q", "区": "o", "查": "z", "翟": "z", "盖": "g", "乐": "y", "朴": "p",
    "任": "r", "覃": "q", "召": "s", "缪": "m", "冼": "x", "尉迟": "yc", "长孙": "zs", "万俟": "mq", "澹台": "tt",
}  # fmt: skip
LONGEST = 40  # as the column


def initials_of(name: str) -> str:
    """The first letters of a name as it is read, in lower case, digits and Latin letters kept: 单雄信 is sxx."""
    surname = next((s for s in (name[:2], name[:1]) if s in SURNAMES), "")
    rest = lazy_pinyin(name[len(surname) :], style=Style.FIRST_LETTER)
    letters = SURNAMES.get(surname, "") + "".join(rest)
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())[:LONGEST]
