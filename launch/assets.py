"""Builds static/built: every asset under a name that carries a hash of its content, and the list of those names.

esbuild makes one small file of each script and style sheet a page names, with all that these import
(docs/decisions/0008-one-script-for-each-page.md); pictures and packages stay as they are. Browsers may keep such files
for ever, because a changed file has another name.
"""

import gzip
import hashlib
import json
import os
import posixpath
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import brotli

from launch.environment import ROOT
from launch.icons import sprite
from launch.progress import SetUpFailed, run

# What pages and /sw.js name. Two scripts of one page share no import: each would have that module for itself.
STYLE_SHEETS = ("css/desk.css", "css/phone.css")
SCRIPTS = ("js/desk.js", "js/desk/register.js", "js/phone.js", "js/phone_door.js", "js/worker.js")
PACKAGES = {"vendor/htmx.js": ROOT / "node_modules/htmx.org/dist/htmx.min.js"}
ESBUILD = "@esbuild/*/bin/esbuild"  # npm brings the one program for this machine; it needs no node
OPTIONS = (
    *("--bundle", "--minify", "--format=esm", "--charset=utf8", "--loader:.svg=dataurl"),
    *("--sourcemap=external", "--source-root=/static", "--log-level=warning"),
)
COMPRESSED = {".css", ".js", ".svg"}
MAP_LINKS = {".css": "/*# sourceMappingURL={} */\n", ".js": "//# sourceMappingURL={}\n"}  # what a debugger follows
DAYS_KEPT = 7  # pages opened before an update may still ask for the names they were drawn with


def build(
    static: Path = ROOT / "static",
    bundles: Iterable[str] = (*STYLE_SHEETS, *SCRIPTS),
    packages: Mapping[str, Path] = PACKAGES,
) -> dict[str, str]:
    """Writes static/built and returns its manifest: the path in static → the path in static/built.

    Cheap when nothing changed: only what is not there yet is written. Raises SetUpFailed for an import that leads
    nowhere, or a file that esbuild cannot read.
    """
    built = static / "built"
    contents = pictures(static) | {name: path.read_bytes() for name, path in packages.items()}
    contents |= bundled(static, bundles)
    names = {path: keep(built, path, contents) for path in sorted(contents) if not path.endswith(".map")}
    forget_old_files(built, set(names.values()))
    put(built / "manifest.json", json.dumps(names, indent=1, sort_keys=True).encode())
    return names


def pictures(static: Path) -> dict[str, bytes]:
    """What lies in static/icons, with one sprite of the icons that its list names."""
    files = {f"icons/{path.name}": path.read_bytes() for path in (static / "icons").glob("*.*")}
    listing = files.pop("icons/names.txt", None)
    return files | ({"icons.svg": sprite(listing.decode())} if listing else {})


def bundled(static: Path, bundles: Iterable[str]) -> dict[str, bytes]:
    """These scripts and style sheets with all they import, each with its source map under its path and .map."""
    program = next((ROOT / "node_modules").glob(ESBUILD), None)
    if not program:
        raise SetUpFailed(
            "npm brought no esbuild for this machine. Remove node_modules and start again;"
            " `npm config get omit` must not say optional."
        )
    with tempfile.TemporaryDirectory(prefix="yingda-assets-") as folder:
        places = (f"--outbase={static}", f"--outdir={folder}")
        run("Bundling scripts and style sheets", [program, *bundles, *OPTIONS, *places], cwd=static)
        made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*.*")}
        return {
            path: placed(made[path], static, folder, path) if path.endswith(".map") else made[path] for path in made
        }


def placed(source_map: bytes, static: Path, folder: str, path: str) -> bytes:
    """The source map with its sources named as in static, wherever on this machine that is."""
    told = json.loads(source_map)
    made_in = posixpath.dirname(posixpath.join(folder, path))
    told["sources"] = [posixpath.relpath(posixpath.join(made_in, source), static) for source in told["sources"]]
    return json.dumps(told, ensure_ascii=False).encode()


def keep(built: Path, path: str, contents: Mapping[str, bytes]) -> str:
    """Puts this asset into static/built, linked to its source map if it has one, and returns its hashed name."""
    content = contents[path]
    stem, suffix = posixpath.splitext(path)
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{suffix}"
    if source_map := contents.get(f"{path}.map"):
        put(built / f"{name}.map", source_map)
        content += MAP_LINKS[suffix].format(f"{posixpath.basename(name)}.map").encode()
    put(built / name, content)
    return name


def put(path: Path, content: bytes) -> None:
    """Writes the file and the compressed ones beside it, unless they are there; whole files only, if we are stopped."""
    suffixes = ("", ".gz", ".br") if path.suffix in COMPRESSED else ("",)
    versions = [path.with_name(path.name + suffix) for suffix in suffixes]
    if all(version.exists() for version in versions) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = (content, gzip.compress(content, 9, mtime=0), brotli.compress(content))
    for version, bytes_ in zip(versions, contents, strict=False):
        draft = version.with_name(f".{os.getpid()}.{version.name}")
        draft.write_bytes(bytes_)
        draft.replace(version)


def forget_old_files(built: Path, current: set[str]) -> None:
    """Removes what no manifest has named for some days. They begin with the manifest that names it no more."""
    manifest = built / "manifest.json"
    just_now = set(json.loads(manifest.read_text()).values()) - current if manifest.exists() else set()
    for path in built.rglob("*.*"):
        name = path.relative_to(built).as_posix().removesuffix(".gz").removesuffix(".br").removesuffix(".map")
        if name in just_now:
            os.utime(path)
        elif name not in current | {"manifest.json"} and time.time() - path.stat().st_mtime > DAYS_KEPT * 24 * 60 * 60:
            path.unlink()


if __name__ == "__main__":
    build()
