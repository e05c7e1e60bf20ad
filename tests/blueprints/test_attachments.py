from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.attachments import prepare
from actions.service_requests import register_and
from extensions import attachment_store, db
from models import Attachment
from tests.pictures import picture, sent


@pytest.fixture
def photo(cast):
    """A photo of a leak, registered by the agent."""
    register_and(
        {}, {"kind": "repair", "channel": "phone", "words": "漏水"}, by=cast.agent, site_id=cast.site.id,
        event_id=uuid4(), photos=prepare([sent(picture(size=(800, 600)))]),
    )  # fmt: skip
    return db.session.scalars(select(Attachment)).one()


def test_a_photo_is_shown_to_whoever_sees_its_request(client_for, cast, photo):
    for viewer in (cast.agent, cast.director, cast.quality):
        answer = client_for(viewer).get(f"/attachments/{photo.id}")
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
        assert answer.data == attachment_store().content(photo.sha256)


def test_its_thumbnail_weighs_less(client_for, cast, photo):
    agent = client_for(cast.agent)
    assert len(agent.get(f"/attachments/{photo.id}/small").data) < len(agent.get(f"/attachments/{photo.id}").data)


def test_nobody_else_learns_that_there_is_one(client_for, cast, photo):
    for stranger in (cast.elsewhere.agent, cast.technician, cast.guard):
        assert client_for(stranger).get(f"/attachments/{photo.id}").status_code == 404
    assert client_for(cast.administrator).get(f"/attachments/{photo.id}").status_code == 403


def test_a_stranger_is_asked_to_sign_in(app, photo):
    assert app.test_client().get(f"/attachments/{photo.id}").status_code == 302


def test_a_browser_may_keep_it_and_a_proxy_may_not(client_for, cast, photo):
    headers = client_for(cast.agent).get(f"/attachments/{photo.id}").headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"] == "inline"


def test_what_is_not_there_is_not_found(client_for, cast, photo):
    agent = client_for(cast.agent)
    for path in (uuid4(), "0", "../secret_key", f"{photo.id}/large", "%00"):
        assert agent.get(f"/attachments/{path}").status_code == 404


def test_a_photo_the_store_has_lost_is_not_found(client_for, cast, photo, tmp_path, monkeypatch):
    monkeypatch.setattr(attachment_store(), "folder", tmp_path)
    assert client_for(cast.agent).get(f"/attachments/{photo.id}").status_code == 404
