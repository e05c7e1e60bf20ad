"""Photos as people send them, redrawn as we keep them: nothing of the file survives but what can be seen."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO
from threading import Lock
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image
from pillow_heif import register_heif_opener

from domain.wording import N_

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
LARGE, SMALL = 1600, 320  # pixels of the longer side
MOST_PIXELS = 52_000_000  # a camera of "50 megapixels" gives a little more
NOT_A_PICTURE = N_("“%(name)s” is not a photo that can be opened. JPEG, PNG, WebP and HEIC can be sent.")
TOO_MANY_PIXELS = N_("“%(name)s” has too many pixels; 50 megapixels is the most.")

T = Image.Transpose
UPRIGHT = {  # how a picture is turned, by what EXIF says of its orientation
    2: T.FLIP_LEFT_RIGHT,
    3: T.ROTATE_180,
    4: T.FLIP_TOP_BOTTOM,
    5: T.TRANSPOSE,
    6: T.ROTATE_270,
    7: T.TRANSVERSE,
    8: T.ROTATE_90,
}

# A large photo needs 200 MB while it is drawn; two at once could be too much for a small server.
_one_at_a_time = Lock()


class NotAPicture(ValueError):
    """The content cannot be drawn; the argument is the sentence that says why."""


@dataclass(frozen=True)
class Picture:
    """A redrawn photo: JPEG, upright, without any metadata. `taken_at` is what the camera said, aware."""

    large: bytes
    small: bytes
    width: int
    height: int
    taken_at: datetime | None


def redrawn(content: bytes, zone: str) -> Picture:
    """The photo as we keep it. A camera that does not name its zone is taken to be in `zone`. Raises NotAPicture."""
    with _one_at_a_time:
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                return drawn_from(image, zone)
        except (NotAPicture, MemoryError):
            raise
        except Image.DecompressionBombError as error:
            raise NotAPicture(TOO_MANY_PIXELS) from error
        except Exception as error:  # decoders meet hostile bytes with more exceptions than they document
            raise NotAPicture(NOT_A_PICTURE) from error


def drawn_from(image: Image.Image, zone: str) -> Picture:
    """Checked before its pixels are read, then drawn smaller."""
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture(TOO_MANY_PIXELS)
    exif = image.getexif()
    turn = UPRIGHT.get(exif.get(ExifTags.Base.Orientation, 1))
    image.draft("RGB", (2 * LARGE, 2 * LARGE))  # a JPEG need not be decoded larger than this
    large = on_white(image)
    large.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    large = large.transpose(turn) if turn is not None else large
    small = large.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Picture(as_jpeg(large, 82), as_jpeg(small, 76), large.width, large.height, moment_taken(exif, zone))


def on_white(image: Image.Image) -> Image.Image:
    """Three colours; what was transparent is white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    seen = image.convert("RGBA")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def as_jpeg(image: Image.Image, quality: int) -> bytes:
    """Only the pixels: a new image has no EXIF, no position, no profile."""
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    written = BytesIO()
    clean.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def moment_taken(exif: Image.Exif, zone: str) -> datetime | None:
    """When the camera says the photo was taken; None where it says nothing that can be a moment."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    written = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        wall_clock = datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 (the zone follows)
    except ValueError:
        return None
    offset = offset_written(str(details.get(ExifTags.Base.OffsetTimeOriginal, "")))
    return wall_clock.replace(tzinfo=offset or ZoneInfo(zone)) if wall_clock.year >= 1990 else None


def offset_written(text: str) -> timezone | None:
    """`+08:00` as cameras write it, or None."""
    if not (found := re.fullmatch(r"([+-])(\d\d):([0-5]\d)", text.strip("\0 "), re.ASCII)):
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3])) * (-1 if found[1] == "-" else 1)
    return timezone(offset) if abs(offset) <= timedelta(hours=14) else None
