"""What makes the phone pages an application on the phone."""

import gzip
import json
import re
from io import BytesIO

import pytest
from PIL import Image

from blueprints.assets import BUILT, PREFIX


@pytest.fixture
def visitor(app):
    return app.test_client()


def told(visitor):
    """What the worker is started with: build, shell, actions."""
    return json.loads(re.search(r"start\((.*)\);", visitor.get("/sw.js").text, re.DOTALL)[1])


def test_the_worker_is_asked_for_anew_each_time_and_changes_with_the_build(visitor, cast, client_for):
    answer = visitor.get("/sw.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert told(visitor)["build"] == client_for(cast.technician).get("/phone/").headers["X-Build"]


def test_everything_the_worker_keeps_is_there_for_everybody(app, visitor):
    for address in told(visitor)["shell"]:
        if address.startswith(PREFIX):
            assert (BUILT / address.removeprefix(PREFIX)).exists(), address
        else:
            assert visitor.get(address).status_code == 200, address


def test_the_shell_has_all_a_page_names_and_no_file_of_it_asks_for_another(app, visitor, cast, client_for):
    shell = told(visitor)["shell"]
    page = client_for(cast.technician).get("/phone/").text
    assert set(re.findall(r'(?:src|stylesheet" href)="(/static/[^"#]+)', page)) <= set(shell)
    for script in [address for address in shell if "/js/" in address]:
        text = (BUILT / script.removeprefix(PREFIX)).read_text()
        assert not re.search(r"""\b(?:from|import)\s*\(?\s*["']|import\.meta""", text)


def test_the_pages_of_the_shell_name_nothing_outside_it_and_nobody(cast, client_for, visitor):
    shell = told(visitor)["shell"]
    for path in ("/phone/offline", "/phone/signed-out"):
        page = client_for(cast.technician).get(path)
        assert set(re.findall(r'"(/static/[^"#]+)', page.text)) <= set(shell)
        assert not re.search("csrf|script|" + cast.technician.name, page.text)


def test_actions_a_phone_may_record_by_itself_come_from_the_lifecycle(visitor):
    actions = told(visitor)["actions"]
    assert {"arrive", "complete", "annotate"} <= set(actions)
    assert not {"assign", "take", "dispatch"} & set(actions)


def test_the_manifest_leads_to_pages_and_pictures_that_are_there(cast, client_for, visitor):
    manifest = json.loads(visitor.get("/manifest.webmanifest").text)
    assert client_for(cast.guard).get(manifest["start_url"]).location == "/phone/hand-over"
    assert client_for(cast.technician).get(manifest["start_url"]).location == "/phone/"
    for icon in manifest["icons"]:
        picture = Image.open(BytesIO((BUILT / icon["src"].removeprefix(PREFIX)).read_bytes()))
        assert icon["sizes"] == f"{picture.width}x{picture.height}"


def test_pages_travel_compressed_and_what_is_nothing_stays_nothing(cast, client_for):
    client = client_for(cast.technician)
    page = client.get("/phone/", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(page.data).decode()
    assert set(page.headers["Vary"].split(", ")) == {"HX-Request", "Cookie", "Accept-Encoding"}
    mark = re.search(r"mark=(\w+)", text)[1]
    again = client.get(f"/phone/?mark={mark}", headers={"Accept-Encoding": "gzip", "HX-Request": "true"})
    assert (again.status_code, again.data) == (204, b"")
    assert "Content-Encoding" not in again.headers
