"""Assets are bundled and hashed, and written again only when they change."""

import gzip
import json
import os
import re
import time

import brotli
import pytest

from blueprints import assets as reading
from config import ROOT
from launch import assets
from launch.icons import sprite
from launch.progress import SetUpFailed


@pytest.fixture
def static(tmp_path):
    """A folder of assets: `static({"css/desk.css": "..."})` builds desk, phone and worker of it."""

    def build(files):
        for name, text in files.items():
            path = tmp_path / "static" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        bundles = [name for name in files if re.fullmatch(r"(css|js)/(desk|phone|worker)\.\w+", name)]
        return assets.build(tmp_path / "static", bundles, packages={})

    build.folder = tmp_path / "static" / "built"
    return build


def sources_of(folder, name):
    """The files a built one was made of, as its source map names them."""
    return set(json.loads((folder / f"{name}.map").read_text())["sources"])


def test_every_file_is_named_after_its_content_and_listed(static):
    names = static({"css/desk.css": "a{b:c}", "js/desk.js": "one()", "icons/logo.svg": "<svg/>"})
    assert set(names) == {"css/desk.css", "js/desk.js", "icons/logo.svg"}
    assert all(re.search(reading.HASHED, name) and (static.folder / name).exists() for name in names.values())
    assert json.loads((static.folder / "manifest.json").read_text()) == names


def test_a_changed_file_has_another_name_and_the_old_one_stays_for_pages_already_open(static):
    before = static({"css/desk.css": "a{b:c}"})["css/desk.css"]
    aged(static.folder / before, days=30)
    after = static({"css/desk.css": "b{b:c}"})["css/desk.css"]
    assert before != after
    assert (static.folder / before).exists()
    aged(static.folder / before, days=8)
    static({"css/desk.css": "b{b:c}"})
    assert not (static.folder / before).exists()
    assert (static.folder / after).exists()


def aged(path, days):
    then = time.time() - days * 24 * 60 * 60
    os.utime(path, (then, then))


def test_nothing_is_written_when_nothing_changed(static):
    files = {"css/desk.css": "a{b:c}", "js/desk.js": "one()", "icons/logo.svg": "<svg/>"}
    static(files)
    written = {path: path.stat().st_mtime_ns for path in static.folder.rglob("*")}
    static(files)
    assert written == {path: path.stat().st_mtime_ns for path in static.folder.rglob("*")}


def test_style_sheets_are_joined_along_their_imports_in_layers_and_media_and_carry_their_pictures(static):
    names = static(
        {
            "css/desk.css": '@import "parts/a.css" layer(base);\n@import "print.css" print;\nc { d: e }',
            "css/parts/a.css": "@layer one, two;\na { background: url(../../icons/dot.svg) }",
            "css/print.css": "p { q: r }",
            "icons/dot.svg": "<svg/>",
        }
    )
    text = (static.folder / names["css/desk.css"]).read_text()
    assert "@layer base{@layer one,two;a{background:url(data:image/svg+xml,<svg/>)}}" in text
    assert "@media print{p{q:r}}c{d:e}" in text


def test_a_script_is_one_file_with_what_it_imports_in_the_same_order_once(static):
    names = static(
        {
            "js/desk.js": 'import "./shared/first.js";\nimport { row } from "./row.js";\nsay(row, "应答"); // why',
            "js/row.js": 'import { first } from "./shared/first.js";\nexport const row = () => first;',
            "js/shared/first.js": "export const first = say(1);",
        }
    )
    assert set(names) == {"js/desk.js"}
    text = (static.folder / names["js/desk.js"]).read_text()
    assert re.search(r"say\(1\).*say\(\w+,\"应答\"\)", text)
    assert (text.count("say(1)"), "why" in text, "import" in text) == (1, False, False)


def test_a_debugger_sees_the_lines_we_wrote(static):
    files = {
        "js/worker.js": 'export { one } from "./shared/one.js";',
        "js/shared/one.js": "export const one = 1; // one",
    }
    name = static(files)["js/worker.js"]
    assert (static.folder / name).read_text().endswith(f"//# sourceMappingURL={name.removeprefix('js/')}.map\n")
    assert sources_of(static.folder, name) == {"js/shared/one.js"}
    assert "// one" in (static.folder / f"{name}.map").read_text()


def test_a_remark_alone_is_no_other_file_for_anybody(static):
    plain = static({"js/desk.js": "one();"})["js/desk.js"]
    remarked = static({"js/desk.js": "one(); // or two"})["js/desk.js"]
    assert plain == remarked
    assert "or two" in (static.folder / f"{plain}.map").read_text()


def test_a_bundle_has_another_name_when_what_it_imports_changes(static):
    files = {"js/desk.js": 'import "./b.js"', "js/b.js": "say(1)"}
    assert static(files)["js/desk.js"] != static(files | {"js/b.js": "say(2)"})["js/desk.js"]


@pytest.mark.parametrize(
    "files",
    [
        {"css/desk.css": '@import "gone.css";'},
        {"css/desk.css": "a{b:url(gone.svg)}"},
        {"js/desk.js": 'import "./gone.js"'},
    ],
)
def test_a_reference_that_leads_nowhere_stops_the_build_and_names_both_ends(static, files):
    with pytest.raises(SetUpFailed, match=r"gone[\s\S]*desk\.\w+:1"):
        static(files)


def test_a_machine_for_which_npm_brought_no_esbuild_is_told_so(static, monkeypatch):
    monkeypatch.setattr(assets, "ESBUILD", "@esbuild/no-such-machine/bin/esbuild")
    with pytest.raises(SetUpFailed, match="no esbuild for this machine"):
        static({"js/desk.js": "one()"})


def test_text_is_compressed_once_at_build_time(static):
    names = static({"icons/logo.svg": "<svg/>" * 500})
    compressed = static.folder / (names["icons/logo.svg"] + ".gz")
    assert gzip.decompress(compressed.read_bytes()).decode() == "<svg/>" * 500


def test_every_script_of_ours_is_in_a_bundle_and_two_of_one_page_share_none():
    built = {path: sources_of(reading.BUILT, reading.manifest()[path]) for path in assets.SCRIPTS}
    ours = {path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static/js").rglob("*.js")}
    assert ours == set(assets.SCRIPTS).union(*built.values())
    for beside in ("js/desk/register.js", "js/phone_door.js"):
        assert not built["js/desk.js"] & built[beside], (
            "The page would have two of them, each with a memory of its own."
        )


def test_the_sprite_holds_the_listed_icons_and_refuses_unknown_ones():
    drawn = sprite("phone\n# a remark\n\nbell  # the notices\n").decode()
    assert re.findall(r'<symbol id="([\w-]+)"', drawn) == ["bell", "phone"]
    assert 'stroke="currentColor"' in drawn
    with pytest.raises(SetUpFailed, match="no-such-icon"):
        sprite("no-such-icon")


def test_pages_name_assets_by_their_path_and_browsers_keep_them_for_ever(app):
    address = reading.asset_url("css/desk.css")
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with pytest.raises(LookupError, match="no-such"):
        reading.asset_url("css/no-such.css")


def test_an_asset_lies_compressed_beside_itself_also_when_only_that_was_missing(static):
    name = static({"icons/logo.svg": "<svg/>" * 50})["icons/logo.svg"]
    squeezed = static.folder / f"{name}.br"
    squeezed.unlink()
    static({"icons/logo.svg": "<svg/>" * 50})
    assert brotli.decompress(squeezed.read_bytes()) == b"<svg/>" * 50
