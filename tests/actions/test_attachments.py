from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from actions.attachments import attach, perform_with_photos, prepare
from actions.service_requests import register_and
from actions.unit_of_work import unit_of_work
from app import create_app
from domain.errors import Invalid
from domain.lifecycle import ACTIONS
from extensions import attachment_store, db
from models import Attachment, ServiceRequest, Stage
from queries import events
from tests.factories import dispatched, fresh, registered
from tests.pictures import exif, picture, sent

TEN_MB = 10 * 1024 * 1024


def opened(photo) -> Image.Image:
    return Image.open(BytesIO(attachment_store().content(photo.sha256)))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_kind_of_photo_is_kept_as_jpeg(app, format):
    (photo,) = prepare([sent(picture(format), f"leak.{format.lower()}")])
    assert opened(photo).format == "JPEG"
    assert (photo.width, photo.height) == opened(photo).size == (400, 300)


def test_a_large_photo_is_drawn_smaller_and_gets_a_thumbnail(app):
    (photo,) = prepare([sent(picture(size=(4000, 3000)))])
    assert (photo.width, photo.height) == (1600, 1200)
    small = Image.open(BytesIO(attachment_store().content(f"{photo.sha256}-small")))
    assert small.size == (320, 240)


def test_a_photo_taken_sideways_stands_upright(app):
    (photo,) = prepare([sent(picture(exif=exif(turned=6)))])
    upright = opened(photo)
    assert upright.size == (300, 400)
    assert upright.getpixel((150, 20))[0] > 200, "what was left is on top"


def test_a_heic_photo_taken_sideways_stands_upright_once(app):
    (photo,) = prepare([sent(picture("HEIF", exif=exif(turned=6)), "IMG_0001.HEIC")])
    assert opened(photo).size == (300, 400)


def test_position_and_camera_are_not_kept(app):
    (photo,) = prepare([sent(picture(exif=exif(taken="2026:11:20 08:00:00", somewhere=True)))])
    assert not opened(photo).getexif()
    assert b"Secret" not in attachment_store().content(photo.sha256)


@pytest.mark.parametrize("format", ["JPEG", "HEIF", "PNG", "WEBP"])
def test_the_time_taken_is_kept_by_the_cameras_own_zone(app, format):
    (photo,) = prepare([sent(picture(format, exif=exif(taken="2026:11:20 08:00:00", offset="+09:00")))])
    assert photo.taken_at == datetime(2026, 11, 19, 23, tzinfo=UTC)


def test_a_camera_without_a_zone_is_at_the_site(app):
    (photo,) = prepare([sent(picture(exif=exif(taken="2026:11:20 08:00:00")))], zone="Asia/Shanghai")
    assert photo.taken_at == datetime(2026, 11, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday", "2026:13:40 99:00:00"])
def test_a_camera_that_does_not_know_the_time_says_nothing(app, taken):
    (photo,) = prepare([sent(picture(exif=exif(taken=taken, offset="+99:00")))])
    assert photo.taken_at is None


def test_what_is_transparent_becomes_white(app):
    transparent = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(transparent, "PNG")
    (photo,) = prepare([sent(transparent.getvalue(), "stamp.png")])
    assert opened(photo).getpixel((5, 5)) == (255, 255, 255)


NOT_PHOTOS = {
    "an empty file": b"",
    "words": b"not a picture at all",
    "a web page with a picture's beginning": b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>",
    "a drawing with script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "half a photo": picture(size=(900, 900), exif=exif())[:-2000],
    "half a PNG": picture("PNG", size=(900, 900))[:200],
    "half an iPhone photo": picture("HEIF", size=(900, 900))[:-300],
    "an animation": picture("GIF"),
    "a program": b"MZ\x90\x00" + bytes(500),
}


@pytest.mark.parametrize("content", NOT_PHOTOS.values(), ids=NOT_PHOTOS)
def test_what_is_no_photo_is_refused_with_its_name(app, content):
    with pytest.raises(Invalid) as refused:
        prepare([sent(content, "holiday.jpg")])
    assert refused.value.field == "photos"
    assert refused.value.values["name"] == "holiday.jpg"


def test_a_picture_that_is_also_something_else_is_only_a_picture_afterwards(app):
    (photo,) = prepare([sent(picture() + b"PK\x03\x04<script>alert(1)</script>")])
    assert b"script" not in attachment_store().content(photo.sha256)


def test_a_picture_of_enormous_dimensions_is_refused_before_it_is_drawn(app):
    bomb = BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(Invalid, match="too many pixels"):
        prepare([sent(bomb.getvalue())])


def test_a_photo_may_have_ten_megabytes_and_no_more(app):
    padding = b"\0" * (TEN_MB - len(picture()))
    assert prepare([sent(picture() + padding)])
    with pytest.raises(Invalid, match="too large"):
        prepare([sent(picture() + padding + b"\0")])


def test_whoever_runs_it_says_how_large_a_photo_may_be(app, monkeypatch):
    smaller = replace(app.extensions["settings"], upload_limit=1024**2)
    monkeypatch.setitem(app.extensions, "settings", smaller)
    with pytest.raises(Invalid, match="too large"):
        prepare([sent(picture() + b"\0" * 1024**2)])
    assert create_app(smaller, TESTING=True).config["MAX_CONTENT_LENGTH"] < 20 * 1024**2


def test_twelve_photos_are_enough_for_one_form(app):
    assert len(prepare([sent(picture()) for _ in range(12)])) == 12
    with pytest.raises(Invalid, match="At most"):
        prepare([sent(picture()) for _ in range(13)])


def test_a_form_without_a_choice_brings_no_photo(app):
    assert prepare([sent(b"", "")]) == []


def test_a_name_is_only_a_name(app):
    (photo,) = prepare([sent(picture(), "../../etc/\x00pass\u202ewd " + "漏" * 300 + ".jpg")])
    assert len(photo.name) <= 200
    assert "/" not in photo.name and "\0" not in photo.name


def test_a_store_that_cannot_be_written_says_so_and_keeps_nothing(app, tmp_path, monkeypatch):
    blocked = tmp_path / "a file where the folder should be"
    blocked.touch()
    monkeypatch.setattr(attachment_store(), "folder", blocked)
    with pytest.raises(Invalid, match="cannot be kept"):
        prepare([sent(picture())])
    assert db.session.scalars(select(Attachment)).all() == []


def test_photos_become_part_of_the_request_they_were_registered_with(app, cast):
    photos = prepare([sent(picture()), sent(picture("PNG"), "second.png")])
    details = {"kind": "repair", "channel": "phone", "words": "漏水"}
    once = {"by": cast.agent, "site_id": cast.site.id, "event_id": cast.unit.id}
    for _ in range(2):
        register_and({}, details, photos=photos, **once)
    rows = db.session.scalars(select(Attachment)).all()
    assert sorted(row.name for row in rows) == ["photo.jpg", "second.png"], "sent twice, kept once"
    assert {(row.service_request_id, row.stage, row.site_id) for row in rows} == {
        (cast.unit.id, Stage.REPORTED, cast.site.id)
    }


def test_photos_of_a_job_say_when_in_the_work_they_were_taken(app, cast):
    service_request, job = dispatched(cast)
    photos = {"before": prepare([sent(picture())]), "after": prepare([sent(picture(size=(30, 30)))])}
    perform_with_photos(
        ACTIONS["complete"], job.id, photos, by=cast.technician, details={"outcome": "fixed", "work_done": "换阀"}
    )
    rows = db.session.scalars(select(Attachment).order_by(Attachment.stage)).all()
    assert [(row.stage, row.job_id) for row in rows] == [(Stage.AFTER, job.id), (Stage.BEFORE, job.id)]


def test_a_photo_of_an_action_that_is_refused_is_not_attached(app, cast):
    service_request = registered(cast)
    photos = {"reported": prepare([sent(picture())])}
    with pytest.raises(Exception, match="not yours"):
        perform_with_photos(ACTIONS["reply"], service_request.id, photos, by=cast.guard, details={"words": "好"})
    assert db.session.scalars(select(Attachment)).all() == []


def test_the_same_photo_twice_in_one_form_is_one(app, cast):
    service_request = fresh(registered(cast))
    photos = prepare([sent(picture()), sent(picture(), "again.jpg")])
    with unit_of_work():
        attach(photos, event=events.of_id(service_request.id), by=cast.agent)
    assert len(db.session.scalars(select(Attachment)).all()) == 1
    assert db.session.get(ServiceRequest, service_request.id) is not None
