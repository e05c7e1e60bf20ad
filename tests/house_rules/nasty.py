"""What nobody should type, and forms filled in with it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

from forms.base import BOOKKEEPING

LONG = "长" * 10_000
LONG_LINE = "长" * 1000  # longer than any address our server reads
STRANGE = "厨\x00房\x07漏\u202e水😀\x1b[31m<script>alert(1)</script>'\"--%s{{7*7}}"
NO_SUCH_ID = str(UUID(int=7))
TEXTS = ("", LONG, STRANGE, NO_SUCH_ID)
MOMENTS = ("２０２６－１３－４５", "9999-12-31T23:59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
KEYS = (
    LONG_LINE,
    STRANGE,
    "9" * 5000,
    NO_SUCH_ID,
    *MOMENTS,
    "9999-12-31",
    f"9_00010101T000000.0_{NO_SUCH_ID}",
    "³",
    "-9999999999999",
)
WORDS = ("text", "search", "tel", "email")
FILES = {
    "empty.jpg": b"",
    "forged.jpg": b"<html><script>alert(1)</script></html>",
    "../../etc/passwd\x00.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
}


@dataclass
class Form:
    """A form of a page, with what a willing person would send."""

    method: str
    url: str
    filled: MultiDict
    files: tuple[str, ...]
    typed: frozenset[str]  # the fields of words

    def wrongs(self, *, bookkeeping: bool) -> Iterator[tuple[str, object, MultiDict]]:
        """Each field in turn with each wrong thing, left out, twice over, and as a file; the others as they were."""
        for name in dict.fromkeys(self.filled):
            if bookkeeping or name not in BOOKKEEPING:
                for value in values_for(name):
                    yield name, value, replaced(self.filled, name, [value])
                yield name, "twice", replaced(self.filled, name, [NO_SUCH_ID, *self.filled.getlist(name), STRANGE])
                yield name, "missing", replaced(self.filled, name, [])
                yield name, "file", replaced(self.filled, name, [(io.BytesIO(b"words"), "words.txt")])
        for name in self.files:
            for filename, content in FILES.items():
                yield name, filename, replaced(self.filled, name, [(io.BytesIO(content), filename)])
            yield name, "text", replaced(self.filled, name, [STRANGE])


def values_for(name: str) -> tuple[str, ...]:
    """What could hurt here: everything can be forged, words and ids alike."""
    if name.endswith(("_at", "_from", "until", "day", "seen")):
        return TEXTS + MOMENTS
    return (*TEXTS, "9" * 5000) if name.endswith(("share", "warning", "length", "year")) else TEXTS


def replaced(filled: MultiDict, name: str, values: list) -> MultiDict:
    """The same, but for one field."""
    kept = [(key, value) for key, value in filled.items(multi=True) if key != name]
    return MultiDict([*kept, *((name, value) for value in values)])


def forms_of(html: str, here: str) -> list[Form]:
    """Every form of the page."""
    return [read(form, here) for form in BeautifulSoup(html, "html.parser").find_all("form")]


def read(form: Tag, here: str) -> Form:
    """One form, filled in."""
    controls = form.find_all(["input", "select", "textarea", "button"])
    if form.get("id"):
        root = next(form.parents, form) if form.parent is None else list(form.parents)[-1]
        controls += [c for c in root.find_all(attrs={"form": form["id"]}) if c not in controls]
    filled: MultiDict = MultiDict()
    files, typed = [], set()
    for control in controls:
        name = control.get("name")
        if not name or name == "csrf_token":
            continue
        if control.name == "textarea" or (control.name == "input" and control.get("type", "text") in WORDS):
            typed.add(name)
        if control.get("type") == "file":
            files.append(name)
        elif (value := willing(control, name, filled)) is not None:
            filled.add(name, value)
    return Form(form.get("method", "get").lower(), form.get("action") or here, filled, tuple(files), frozenset(typed))


def willing(control: Tag, name: str, filled: MultiDict) -> str | None:
    """What somebody in good faith would put there; None for nothing."""
    sort, value = control.get("type", "text"), control.get("value", "")
    if control.name == "button":
        return value if name not in filled else None
    if control.name == "select":
        options = [option.get("value", option.text) for option in control.find_all("option")]
        chosen = control.find("option", selected=True)
        return chosen.get("value", "") if chosen else next((o for o in options if o), "")
    if control.name == "textarea":
        return control.text.strip() or "水管漏水"
    if sort in ("radio", "checkbox"):
        return value or "y" if name not in filled or control.has_attr("checked") else None
    return value or usual(sort, name)


def usual(sort: str, name: str) -> str:
    """What an empty box is usually filled with."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    by_sort = {"date": f"{tomorrow:%Y-%m-%d}", "datetime-local": f"{tomorrow:%Y-%m-%dT%H:%M}", "number": "1"}
    by_name = {"unit": "3-2-501", "room": "3-2-501", "caller_phone": "13800138000", "code": "new-code"}
    by_name |= {"url": "wecombot://a-key-of-the-robot", "phone": "13800138111", "email": "a@example.test"}
    return by_sort.get(sort) or by_name.get(name) or ("" if sort == "hidden" else "水管漏水")


def parameters_of(html: str, path: str) -> set[str]:
    """The query parameters that forms and links of the page give to its own address."""
    soup = BeautifulSoup(html, "html.parser")
    links = [tag.get(at, "") for at in ("href", "hx-get") for tag in soup.find_all(attrs={at: True})]
    named = {name for link in links if urlsplit(link).path in ("", path) for name, _ in parse_qsl(urlsplit(link).query)}
    for form in soup.find_all("form"):
        if form.get("method", "get").lower() == "get" and (form.get("action") or path) == path:
            named |= {control["name"] for control in form.find_all(attrs={"name": True})}
    return named
