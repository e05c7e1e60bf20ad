"""Files as people send them: real pictures, and what only pretends to be one."""

from io import BytesIO

from PIL import ExifTags, Image
from werkzeug.datastructures import FileStorage


def picture(format: str = "JPEG", size: tuple[int, int] = (400, 300), *, exif: Image.Exif | None = None) -> bytes:
    """The bytes of a picture, red on the left and blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    written = BytesIO()
    image.save(written, format, **({"exif": exif.tobytes()} if exif else {}))
    return written.getvalue()


def exif(
    *, taken: str | None = None, offset: str | None = None, turned: int = 1, somewhere: bool = False
) -> Image.Exif:
    """What a camera writes beside a picture."""
    written = Image.Exif()
    written[ExifTags.Base.Orientation] = turned
    written[ExifTags.Base.Make] = "Secret Camera"
    details = written.get_ifd(ExifTags.IFD.Exif)
    if taken:
        details[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if somewhere:
        written.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (22.0, 32.0, 1.0)
    return written


def sent(content: bytes, name: str = "photo.jpg") -> FileStorage:
    """The file as a form brings it."""
    return FileStorage(BytesIO(content), filename=name)
