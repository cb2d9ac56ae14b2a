"""Photos as people upload them, drawn anew: no place, no camera, nothing hidden survives.

Until a form is sent for good, its photo waits beside it: no browser fills in a file again.
"""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_IMAGE = 40_000_000  # pixels before it is unpacked
EDGE = 1600  # pixels of the longer side as shown
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""What makes a photo upright, by what EXIF 2.3 calls its orientation."""
MOST_WAITING = 1000
SALT, WAITING = "ideas.photo", "ideas/waiting"


def as_jpeg(upload: UploadedFile) -> ContentFile:
    """The photo drawn anew as JPEG of at most 1600 pixels.

    Raises ``ValueError`` with a sentence for what is no JPEG, PNG or WebP, or too large.
    """
    if (upload.size or 0) > LARGEST_FILE:
        raise ValueError(_("The photo is larger than 10 MB. Please make it smaller."))
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > LARGEST_IMAGE:
                raise ValueError(_("The photo has more than 40 million pixels. Please make it smaller."))
            image.draft("RGB", (EDGE, EDGE))
            drawn = _on_white(_upright(image))
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(_("This is no photo we can read. Please use JPEG, PNG or WebP.")) from error
    drawn.thumbnail((EDGE, EDGE))
    target = io.BytesIO()
    drawn.save(target, "JPEG", quality=85, optimize=True)
    return ContentFile(target.getvalue(), name="photo.jpg")


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held. What else stands beside the pixels is not looked at: cameras write it wrongly, too."""
    try:
        turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001  whatever the library stumbles over, the pixels may be whole
        turn = None
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    """Pixels alone; what is transparent becomes white."""
    pixels = image.convert("RGBA")
    ground = Image.new("RGB", pixels.size, "white")
    ground.paste(pixels, mask=pixels.getchannel("A"))
    return ground


def set_aside(photo: ContentFile) -> str:
    """Keep a drawn photo for a day at most; returns what the form carries meanwhile.

    Anybody can fill a form in: beyond a number nothing is kept, and people choose their photo again.
    """
    if default_storage.exists(WAITING) and len(default_storage.listdir(WAITING)[1]) >= MOST_WAITING:
        return ""
    photo.seek(0)
    name = default_storage.save(f"{WAITING}/{uuid.uuid4().hex}.jpg", photo)
    return signing.TimestampSigner(salt=SALT).sign(name)


def waiting(token: str) -> ContentFile | None:
    """The photo a form carries; None for any text that is not ours or whose photo is gone."""
    try:
        name = signing.TimestampSigner(salt=SALT).unsign(token)
        with default_storage.open(name) as file:
            return ContentFile(file.read(), name="photo.jpg")
    except (signing.BadSignature, OSError):
        return None
