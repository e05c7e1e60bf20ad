"""A page as its readers take it: what it says, what its fields are called, where its links lead."""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-shortcut-words", "data-choose")
POINTING = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form", "aria-errormessage")
WITHOUT_LABEL = ("hidden", "submit", "button", "image", "reset")


class Page:
    """One answer of the server, and the address it was asked at."""

    def __init__(self, url: str, text: str) -> None:
        self.url, self.text = url, text
        self.soup = BeautifulSoup(text, "html.parser")
        self.elements = self.soup.find_all(True)

    def called(self, *names):
        """The elements of these kinds. Asking the soup anew for each takes a hundred times as long."""
        return [element for element in self.elements if element.name in names]

    def having(self, name):
        """The elements with this attribute."""
        return [element for element in self.elements if name in element.attrs]

    @property
    def is_whole(self) -> bool:
        """A page rather than a piece of one."""
        return self.soup.html is not None

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong with its structure, in words; empty on a good page."""
        return [*self.faults_of_structure(), *self.unnamed_fields(), *self.inline_code(), *self.dangling_ids()]

    def faults_of_structure(self):
        headings = [heading.get_text(strip=True) for heading in self.called("h1")]
        if len(headings) != 1 or not headings[0]:
            yield f"h1: {headings}"
        if not (self.soup.title and self.soup.title.get_text(strip=True).strip("· ")):
            yield "no title"
        if not self.soup.html.get("lang"):
            yield "no language"
        ids = [element["id"] for element in self.having("id")]
        yield from (f"id twice: {id}" for id in sorted({id for id in ids if ids.count(id) > 1}))
        yield from (f"no alt: {image}" for image in self.called("img") if image.get("alt") is None)

    def unnamed_fields(self):
        """Fields and buttons nobody could call by a name."""
        labelled = {label["for"] for label in self.having("for") if label.name == "label"}
        for field in self.called("input", "select", "textarea"):
            if field.get("type") in WITHOUT_LABEL or field.get("aria-label") or field.get("aria-labelledby"):
                continue
            if is_a_piece(field):
                continue
            if field.get("id") not in labelled and not field.find_parent("label"):
                yield f"no label: {field}"
        for pressed in self.called("a", "button", "summary"):
            if pressed.has_attr("hidden") or is_a_piece(pressed):
                continue
            pictures = [image["alt"] for image in pressed.find_all("img") if image.get("alt")]
            if not (pressed.get("aria-label") or pressed.get_text(strip=True) or pictures):
                yield f"no words: {pressed}"

    def inline_code(self):
        """What the content security policy would refuse."""
        for element in self.elements:
            inline = {name for name in element.attrs if name == "style" or re.match(r"on[a-z]+$|hx-on", name)}
            if inline:
                yield f"inline {inline}: {element.name}"
        yield from ("inline style" for _ in self.called("style"))
        yield from (f"inline script: {one}" for one in self.called("script") if "src" not in one.attrs)

    def dangling_ids(self):
        """References to elements that are not on the page."""
        ids = {element["id"] for element in self.having("id")}
        for name in POINTING:
            for element in self.having(name):
                value = element[name]
                wanted = set(value.split() if isinstance(value, str) else value)
                yield from (f"{name} of <{element.name}> points at nothing: {id}" for id in sorted(wanted - ids))
        for link in self.called("a"):
            if re.match("#.", link.get("href", "")) and link["href"][1:] not in ids:
                yield f"link to nothing: {link['href']}"

    @property
    def texts(self) -> set[str]:
        """Everything it says, seen or spoken, piece by piece."""
        said = {
            string.strip()
            for string in self.soup.descendants
            if isinstance(string, NavigableString)
            and not isinstance(string, Comment)
            and string.parent.name not in ("script", "style", "[document]")
        }
        return said | {element[name].strip() for name in SPOKEN for element in self.having(name)}

    @property
    def links(self) -> set[str]:
        """The addresses of this product it leads to or asks for by itself."""
        found = {link["href"] for link in self.called("a") if "href" in link.attrs}
        found |= {element["hx-get"] for element in self.having("hx-get")}
        found |= {form["action"] for form in self.called("form") if is_a_question(form)}
        found |= {element[name] for name in ("src", "href") for element in self.called("img", "script", "link")
                  if element.get(name)}  # fmt: skip
        return {urljoin(self.url, link).split("#")[0] for link in found if not urlsplit(link).scheme}

    @property
    def doors(self) -> set[str]:
        """The addresses its forms are sent to."""
        forms = {form.get("action", "") for form in self.called("form") if is_sent(form)}
        forms |= {element["hx-post"] for element in self.having("hx-post")}
        return {urljoin(self.url, door).split("?")[0] for door in forms}


def is_a_piece(element) -> bool:
    """Whether the script will put it on a page, and name it then; axe sees it there."""
    return element.find_parent("template") is not None and not element.get("id")


def is_a_question(form) -> bool:
    return form.get("method", "get").lower() == "get" and form.get("action") is not None


def is_sent(form) -> bool:
    return form.get("method", "get").lower() == "post"
