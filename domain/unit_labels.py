"""How people write where somebody lives, and the one way in which it is stored: 3-2-501, or A-1203."""

import re
import unicodedata

_WORDS_BETWEEN = re.compile(r"号楼|单元|[栋幢座楼#＃/\\._—–―－~～\s]+")
_FLOOR = re.compile(r"\d+层")  # said, but no part of the label
_WORDS_AFTER = re.compile(r"[室号房户]+$")
# The same three for a phone, which looks rooms up without us (static/js/phone/room_lookup.js).
SPELLING = {"floor": _FLOOR.pattern, "after": _WORDS_AFTER.pattern, "between": _WORDS_BETWEEN.pattern}


def label_of(typed: str) -> str:
    """The label meant by `３栋2单元501室`, `03-2-501`, `a座1203`, `A1203`; whatever else was typed, tidied."""
    text = unicodedata.normalize("NFKC", typed).strip().upper()
    text = _WORDS_AFTER.sub("", _FLOOR.sub("-", text))
    parts = [part for part in _WORDS_BETWEEN.sub("-", text).split("-") if part]
    if len(parts) == 1 and (joined := re.fullmatch(r"([A-Z])(\d{3,4})", parts[0])):
        parts = [*joined.groups()]
    return "-".join(part.lstrip("0") or "0" for part in parts)


def is_label(typed: str) -> bool:
    """Whether this looks like a unit rather than a telephone number or a name."""
    parts = label_of(typed).split("-")
    return (
        len(parts) > 1
        and not typed.strip().startswith(("0", "+"))
        and re.fullmatch(r"[A-Z]{0,2}\d{0,2}", parts[0], re.ASCII) is not None
        and all(re.fullmatch(r"[A-Z]?\d{1,4}[A-Z]?", part, re.ASCII) for part in parts[1:])
    )
