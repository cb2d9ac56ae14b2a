"""Crests and logos as people upload them, made safe to show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST_FILE = 5 * 1024 * 1024  # bytes
LARGEST_IMAGE = 40_000_000  # pixels before it is unpacked
SHOWN_SIZE = (512, 512)  # pixels


def as_png(upload: UploadedFile) -> ContentFile:
    """The picture drawn anew as PNG of at most 512 pixels, so that nothing hidden in the file survives.

    Raises ``ValueError`` with a sentence for what is no PNG, JPEG or WebP, or too large.
    """
    if (upload.size or 0) > LARGEST_FILE:
        raise ValueError(_("The file is larger than 5 MB. Please make the picture smaller."))
    try:
        with Image.open(upload, formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > LARGEST_IMAGE:
                raise ValueError(_("The picture has more than 40 million pixels. Please make it smaller."))
            drawn = ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(_("This is no picture we can read. Please use PNG, JPEG or WebP.")) from error
    drawn.thumbnail(SHOWN_SIZE)
    target = io.BytesIO()
    drawn.save(target, "PNG", optimize=True)
    return ContentFile(target.getvalue())
