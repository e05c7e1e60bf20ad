"""What phones leave behind: receipts of entries that were not accepted, and what a phone says of itself."""

import base64
import hashlib
import json
from datetime import timedelta
from uuid import uuid4

from actions import entry_photos
from extensions import db, now
from models import EntryVerdict, Phone, Receipt
from tests.pictures import picture


def phone_of(user, **standing):
    """The row of this colleague's phone, heard of just now."""
    standing.setdefault("last_seen_at", now())
    phone = Phone(id=uuid4(), user_id=user.id, site_id=user.site_id, label="Android · Chrome", **standing)
    db.session.add(phone)
    db.session.commit()
    return phone


def refused(user, *, job=None, action="complete", photos=(), **columns):
    """The receipt of an entry of this colleague that was not accepted, an hour after it was said."""
    written = {
        "reason": "这条任务已经转给别人。",
        "fields": {"outcome": ["fixed"], "work_done": ["更换角阀"]},
        "said_at": now() - timedelta(hours=1),
        "sent_at": now(),
    } | columns
    entry = Receipt(
        id=uuid4(),
        site_id=job.site_id if job else user.site_id,
        user_id=user.id,
        action=action,
        subject_id=job.id if job else user.site_id,
        job_id=job.id if job else None,
        service_request_id=job.service_request_id if job else None,
        digest="",
        verdict=EntryVerdict.REFUSED,
        code="moved",
        answer={},
        photos=[wanted(content) for content in photos],
        **written,
    )
    db.session.add(entry)
    db.session.commit()
    for content in photos:
        entry_photos.keep(entry.id, sha(content), content, by=user)
    return entry


def handed_over(user, **columns):
    """The same of a hand-over."""
    fields = {"room": ["3-2-501"], "caller_name": ["刘女士"], "caller_phone": ["13800138000"], "words": ["大厅灯不亮"]}
    return refused(user, action="register", **{"reason": "没有这个房间。", "fields": fields} | columns)


def wanted(content):
    """A photo as a receipt lists it before its bytes came."""
    listed = {"field": "photos_after", "sha256": sha(content), "name": "阀门.jpg", "size": len(content)}
    return listed | {"type": "image/jpeg", "state": "wanted"}


def filed(job, action="complete", photos=(), **changed):
    """An entry in the file of a phone's outbox."""
    return {
        "id": str(uuid4()),
        "sequence": 7,
        "schema": 1,
        "chain": f"job:{job.id}" if job else "new:x",
        "after": "",
        "replaces": None,
        "action": action,
        "label": "完工",
        "place": "3-2-501",
        "url": f"/phone/jobs/{job.id}/{action}" if job else "/phone/hand-over",
        "fields": [["outcome", "fixed"], ["work_done", "更换角阀"]],
        "seen": "3",
        "happened_at": (now() - timedelta(days=1)).isoformat(),
        "state": "attention",
        "tries": 20,
        "photos": [
            wanted(content) | {"state": "waiting", "bytes": base64.b64encode(content).decode()} for content in photos
        ],
    } | changed


def file_of(user, *entries, **changed):
    """The file, as bytes."""
    return json.dumps(
        {
            "format": "yingda-outbox-1",
            "person": {"id": str(user.id), "name": user.name},
            "phone": str(uuid4()),
            "made_at": now().isoformat(),
            "entries": list(entries),
        }
        | changed
    ).encode()


def sha(content):
    return hashlib.sha256(content).hexdigest()


PHOTO = picture()
