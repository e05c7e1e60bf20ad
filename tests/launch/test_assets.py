"""Assets are hashed, refer to each other by hashed names, and are written again only when they change."""

import gzip
import json
import re

import brotli
import pytest

from blueprints import assets as reading
from launch import assets
from launch.icons import sprite
from launch.progress import SetUpFailed


@pytest.fixture
def static(tmp_path):
    """A folder of assets: `static({"css/desk.css": "..."})` writes it and builds it."""

    def build(files):
        for name, text in files.items():
            path = tmp_path / "static" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return assets.build(tmp_path / "static", packages={})

    build.folder = tmp_path / "static" / "built"
    return build


def test_every_file_is_named_after_its_content_and_listed(static):
    names = static({"css/desk.css": "a{}", "js/one.js": "1", "icons/logo.svg": "<svg/>"})
    assert set(names) == {"css/desk.css", "js/one.js", "icons/logo.svg"}
    assert all(re.search(reading.HASHED, name) and (static.folder / name).exists() for name in names.values())
    assert json.loads((static.folder / "manifest.json").read_text()) == names


def test_a_changed_file_has_another_name_and_the_old_one_stays_for_pages_already_open(static):
    before = static({"css/desk.css": "a{}"})["css/desk.css"]
    after = static({"css/desk.css": "b{}"})["css/desk.css"]
    assert before != after
    assert (static.folder / before).exists()


def test_nothing_is_written_when_nothing_changed(static):
    files = {"css/desk.css": "a{}", "js/one.js": "1"}
    static(files)
    written = {path: path.stat().st_mtime_ns for path in static.folder.rglob("*")}
    static(files)
    assert written == {path: path.stat().st_mtime_ns for path in static.folder.rglob("*")}


def test_style_sheets_are_joined_along_their_imports_in_layers_and_media(static):
    names = static(
        {
            "css/desk.css": '@import "parts/a.css" layer(base);\n@import "print.css" print;\nc{}',
            "css/parts/a.css": "a{background:url(../../icons/dot.svg)}",
            "css/print.css": "p{}",
            "icons/dot.svg": "<svg/>",
        }
    )
    text = (static.folder / names["css/desk.css"]).read_text()
    assert "@import" not in text
    assert f'@layer base {{\na{{background:url("../{names["icons/dot.svg"]}")}}}}' in text
    assert "@media print {\np{}}" in text
    assert text.endswith("c{}")


def test_addresses_that_are_not_files_of_ours_stay_as_they_are(static):
    css = "a{b:url(data:image/png;base64,xx);c:url('#x');d:url(\"https://e.example/f\")}"
    names = static({"css/desk.css": css})
    assert (static.folder / names["css/desk.css"]).read_text() == css


def test_modules_import_each_other_by_hashed_names(static):
    names = static(
        {
            "js/desk/queue.js": 'import { keys } from "../shared/keys.js"\nexport * from "./row.js"',
            "js/desk/row.js": 'export const more = () => import("../shared/keys.js")',
            "js/shared/keys.js": "export const keys = 1",
        }
    )
    folder = (static.folder / names["js/desk/queue.js"]).parent
    texts = [(static.folder / names[name]).read_text() for name in ("js/desk/queue.js", "js/desk/row.js")]
    written = re.findall(r'"(\.[^"]+)"', "".join(texts))
    assert len(written) == 3
    assert all((folder / path).exists() and re.search(reading.HASHED, path) for path in written)


def test_a_module_gets_a_new_name_when_what_it_imports_changes(static):
    files = {"js/a.js": 'import "./b.js"', "js/b.js": "1"}
    assert static(files)["js/a.js"] != static(files | {"js/b.js": "2"})["js/a.js"]


@pytest.mark.parametrize(
    "files",
    [
        {"css/desk.css": '@import "gone.css";'},
        {"css/desk.css": "a{b:url(gone.svg)}"},
        {"js/a.js": 'import "./gone.js"'},
        {"js/a.js": 'import "./b.js"', "js/b.js": 'import "./a.js"'},
    ],
)
def test_a_reference_that_leads_nowhere_stops_the_build_and_names_both_ends(static, files):
    with pytest.raises(SetUpFailed, match=r"gone|a\.js → js/b\.js"):
        static(files)


def test_text_is_compressed_once_at_build_time(static):
    names = static({"css/desk.css": "a{}" * 500})
    compressed = static.folder / (names["css/desk.css"] + ".gz")
    assert gzip.decompress(compressed.read_bytes()).decode() == "a{}" * 500


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


def test_remarks_in_scripts_stay_with_us_and_everything_else_goes(static):
    words = 'const words = "http://one // two"; // a remark\n  // another\nconst more = `// ${words}`;\n'
    name = static({"js/one.js": words})["js/one.js"]
    assert (static.folder / name).read_text() == 'const words = "http://one // two";\nconst more = `// ${words}`;\n'


def test_an_asset_lies_compressed_beside_itself_also_when_only_that_was_missing(static):
    name = static({"css/desk.css": "a{}" * 50})["css/desk.css"]
    squeezed = static.folder / f"{name}.br"
    squeezed.unlink()
    static({"css/desk.css": "a{}" * 50})
    assert brotli.decompress(squeezed.read_bytes()) == b"a{}" * 50
