"""Builds static/built: every asset under a name that carries a hash of its content, and the list of those names.

Nothing is compiled: style sheets are joined along their @import lines, so that one of them blocks a page and no
second waits behind it; relative imports of ES modules and url() in style sheets are pointed to the hashed names;
remarks in scripts stay with us, because phones fetch the rest on weak signals.
Browsers may keep such files for ever, because a changed file has another name.
"""

import gzip
import hashlib
import json
import os
import posixpath
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from launch.environment import ROOT
from launch.icons import sprite
from launch.progress import SetUpFailed

PACKAGES = {"vendor/htmx.js": ROOT / "node_modules/htmx.org/dist/htmx.min.js"}
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest"}
DAYS_KEPT = 7  # pages opened before an update may still ask for the names they were drawn with

CSS_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?\s*(?:layer\(([\w.-]+)\))?\s*([^;]*);""")
CSS_URL = re.compile(r"""url\(\s*(["']?)(?!["']?(?:data:|https?:|/|#))([^"')#]+)\1\s*\)""")
JS_REMARK = re.compile(r"""^[ \t]*//.*\n|[ \t]+// [^"'`\n]*$""", re.MULTILINE)
JS_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}/[^"']+)\2""")


def build(static: Path = ROOT / "static", packages: Mapping[str, Path] = PACKAGES) -> dict[str, str]:
    """Writes static/built and returns its manifest: the path in static → the path in static/built.

    Cheap when nothing changed: only names that do not exist yet are written. Raises SetUpFailed for a reference
    to a file that is not there.
    """
    assets = Assets(static / "built", sources(static, packages))
    for path in sorted(assets.sources):
        assets.name_of(path)
    manifest = static / "built" / "manifest.json"
    content = json.dumps(assets.names, indent=1, sort_keys=True).encode()
    if not manifest.exists() or manifest.read_bytes() != content:
        write(manifest, content)
    forget_old_files(static / "built", set(assets.names.values()))
    return assets.names


def sources(static: Path, packages: Mapping[str, Path]) -> dict[str, bytes]:
    """What there is to build: logical path → content."""
    found = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for path in static.rglob("*")
        if path.is_file() and path.suffix != ".txt" and path.relative_to(static).parts[0] != "built"
    }
    found |= {name: path.read_bytes() for name, path in packages.items()}
    icon_names = static / "icons" / "names.txt"
    if icon_names.exists():
        found["icons.svg"] = sprite(icon_names.read_text())
    return found


@dataclass
class Assets:
    """The walk over the references between files: a file is named after what it refers to has been."""

    folder: Path
    sources: Mapping[str, bytes]
    names: dict[str, str] = field(default_factory=dict)
    being_named: list[str] = field(default_factory=list)

    def name_of(self, path: str) -> str:
        """The hashed name of this file, which is written under it unless it is there."""
        if path in self.being_named:
            raise SetUpFailed(f"Assets refer to each other in a circle: {' → '.join([*self.being_named, path])}")
        if path not in self.names:
            self.being_named.append(path)
            content = self.rewritten(path)
            self.being_named.remove(path)
            stem, suffix = posixpath.splitext(path)
            name = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{suffix}"
            if not all(version.exists() for version in versions_of(self.folder / name)):
                write(self.folder / name, content)
            self.names[path] = name
        return self.names[path]

    def rewritten(self, path: str) -> bytes:
        """The content of this file with its references pointing to hashed names."""
        rewriters: dict[str, Callable[[str], str]] = {".css": self.style_sheet, ".js": self.script}
        rewrite = rewriters.get(posixpath.splitext(path)[1])
        if rewrite is None or path.startswith("vendor/"):
            return self.sources[path]
        return rewrite(path).encode()

    def style_sheet(self, path: str) -> str:
        return CSS_URL.sub(lambda url: f'url("{self.reference(path, url[2])}")', self.joined(path, path))

    def joined(self, path: str, into: str) -> str:
        """The style sheet with those it imports in the place of their @import lines, in their layer or medium."""

        def imported(line: re.Match[str]) -> str:
            target = self.target(path, line[1])
            text = self.joined(target, into)
            for wrapper, condition in (("@media", line[3].strip()), ("@layer", line[2])):
                text = f"{wrapper} {condition} {{\n{text}}}\n" if condition else text
            return text

        text = self.sources[path].decode()
        if path != into:  # url() is relative to the file it is written in, which is about to be another one
            folder = posixpath.dirname(into)
            text = CSS_URL.sub(lambda url: f'url("{posixpath.relpath(self.target(path, url[2]), folder)}")', text)
        return CSS_IMPORT.sub(imported, text)

    def script(self, path: str) -> str:
        text = JS_REMARK.sub("", self.sources[path].decode())
        return JS_IMPORT.sub(lambda it: f"{it[1]}{it[2]}./{self.reference(path, it[3])}{it[2]}", text)

    def reference(self, path: str, written: str) -> str:
        """What to write instead of this reference: the hashed name, relative to the folder of this file."""
        return posixpath.relpath(self.name_of(self.target(path, written)), posixpath.dirname(path))

    def target(self, path: str, written: str) -> str:
        """The logical path a reference in this file means."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        if target not in self.sources:
            raise SetUpFailed(f"static/{path} refers to {written}, but static/{target} does not exist.")
        return target


def versions_of(path: Path) -> list[Path]:
    """The file, and the compressed ones beside it where that is worth it."""
    suffixes = ("", ".gz", ".br") if path.suffix in COMPRESSED else ("",)
    return [path.with_name(path.name + suffix) for suffix in suffixes]


def write(path: Path, content: bytes) -> None:
    """Writes the file with its versions; whole files only, if we are stopped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = (content, gzip.compress(content, 9, mtime=0), brotli.compress(content))
    for target, bytes_ in zip(versions_of(path), contents, strict=False):
        draft = target.with_name(f".{os.getpid()}.{target.name}")
        draft.write_bytes(bytes_)
        draft.replace(target)


def forget_old_files(folder: Path, current: set[str]) -> None:
    """Removes what no manifest has named for some days."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix().removesuffix(".gz").removesuffix(".br")
        if name in current | {"manifest.json"} or not path.is_file():
            continue
        if time.time() - path.stat().st_mtime > DAYS_KEPT * 24 * 60 * 60:
            path.unlink()


if __name__ == "__main__":
    build()
