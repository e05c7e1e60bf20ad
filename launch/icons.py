"""Makes one sprite of the icons we use: `<svg><use href="…/icons.svg#phone"></use></svg>` draws one."""

from pathlib import Path
from xml.etree import ElementTree

from launch.environment import ROOT
from launch.progress import SetUpFailed

LUCIDE = ROOT / "node_modules/lucide-static/icons"
SVG = "http://www.w3.org/2000/svg"
KEPT = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")


def sprite(listing: str, folder: Path = LUCIDE) -> bytes:
    """The icons named one per line (a `#` begins a remark), as symbols whose id is the name."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.Element(f"{{{SVG}}}svg")
    for name in sorted({line.partition("#")[0].strip() for line in listing.splitlines()} - {""}):
        path = folder / f"{name}.svg"
        if not path.exists():
            raise SetUpFailed(f"static/icons/names.txt names {name}, which lucide-static does not have.")
        icon = ElementTree.fromstring(path.read_text())
        kept = {attribute: icon.attrib[attribute] for attribute in KEPT if attribute in icon.attrib}
        ElementTree.SubElement(root, f"{{{SVG}}}symbol", {"id": name, **kept}).extend(icon)
    return ElementTree.tostring(root)
