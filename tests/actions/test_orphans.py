"""Files of the store that nobody names are forgotten after two days; what somebody names stays."""

import os
import time
from datetime import timedelta

from actions import orphans
from actions.attachments import attach, prepare
from actions.unit_of_work import unit_of_work
from extensions import attachment_store, db
from queries import events
from queries.attachments import small_name
from tests import phones
from tests.factories import registered
from tests.pictures import picture, sent


def kept(content, *, days):
    """A photo prepared so many days ago, and nothing more."""
    (photo,) = prepare([sent(content)])
    store, at = attachment_store(), time.time() - timedelta(days=days).total_seconds()
    for name in (photo.sha256, small_name(photo.sha256)):
        os.utime(store._path(name), (at, at))
    return photo


def is_there(photo):
    return [attachment_store()._path(name).exists() for name in (photo.sha256, small_name(photo.sha256))]


def test_what_nobody_names_is_forgotten_after_two_days(app):
    old, new = kept(picture(size=(40, 30)), days=3), kept(picture(size=(41, 30)), days=1)
    orphans.forget_orphans()
    assert (is_there(old), is_there(new)) == ([False, False], [True, True])


def test_a_photo_of_a_request_stays(cast):
    photo, service_request = kept(picture(size=(42, 30)), days=9), registered(cast)
    with unit_of_work():
        attach([photo], event=events.of_id(service_request.id), by=cast.agent)
    orphans.forget_orphans()
    assert is_there(photo) == [True, True]


def test_a_photo_of_an_entry_that_was_not_accepted_stays(cast):
    photo = kept(picture(size=(43, 30)), days=9)
    entry = phones.refused(cast.technician)
    entry.photos = [phones.wanted(b"") | {"state": "kept", "stored": photo.sha256}]
    db.session.commit()
    orphans.forget_orphans()
    assert is_there(photo) == [True, True]


def test_a_photo_that_is_sent_again_is_young_again(app):
    photo = kept(picture(size=(44, 30)), days=9)
    prepare([sent(picture(size=(44, 30)))])
    orphans.forget_orphans()
    assert is_there(photo) == [True, True]
