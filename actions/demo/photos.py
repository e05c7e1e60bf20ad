"""The photos of the demo: a dozen pictures, taken again and again."""

from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace

from actions.attachments import PreparedPhoto, attach, prepare
from actions.demo.scenes import SCENES, photograph
from models import Event


class Shot(BytesIO):
    """A picture with a file name, as a form sends it."""

    filename = "IMG_2048.jpg"


def attach_photos(estate: SimpleNamespace, step: SimpleNamespace, event: Event) -> None:
    """What the step's photographs show (`{"reported": scene}`) becomes part of its event, taken at its moment."""
    for stage, scene in step.photos.items():
        attach([replace(photo_of(estate, scene), taken_at=step.at)], event=event, by=step.by, stage=stage)


def photo_of(estate: SimpleNamespace, scene: str) -> PreparedPhoto:
    """The picture of a scene, drawn and kept the first time; a dark corridor where there is no drawing."""
    scene = scene if scene in SCENES else "corridor"
    if scene not in estate.photos:
        estate.photos[scene] = prepare([Shot(photograph(scene))])[0]
    return estate.photos[scene]
