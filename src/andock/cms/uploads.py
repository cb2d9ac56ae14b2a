"""What editors may upload: images without hidden data, documents that are what they claim to be."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TEXT_EXTENSIONS = {"csv", "txt"}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85},
    "PNG": {"optimize": True},
}


class ImageForm(BaseImageForm):
    """Asks for a description and stores only pixels: no place, no camera, no embedded file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["description"].required = True
        self.fields["description"].help_text = _("What is to be seen, in one sentence, for people who do not see it.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return without_metadata(file) if "file" in self.changed_data else file


def without_metadata(file: UploadedFile) -> SimpleUploadedFile:
    """The image written anew from its pixels, upright, with its colour profile and nothing else.

    The form field has already refused what is no image, has too many pixels or another type than its name says.
    """
    file.seek(0)
    with Image.open(file) as image:
        kind = image.format or "PNG"
        upright = ImageOps.exif_transpose(image)
        pixels = Image.frombytes(upright.mode, upright.size, upright.tobytes())
        if upright.mode == "P":
            pixels = upright.convert("RGBA")
            pixels.info = {}
        target = BytesIO()
        pixels.save(target, kind, icc_profile=image.info.get("icc_profile"), **SAVE_OPTIONS.get(kind, {}))
    return SimpleUploadedFile(file.name or "image", target.getvalue(), file.content_type or "")


class DocumentForm(BaseDocumentForm):
    """Accepts a document whose content fits its name."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_document(file)
        return file


def check_document(file: UploadedFile) -> None:
    """Raise ``ValidationError`` where a document is too large or not what its name says."""
    if (file.size or 0) > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        limit = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        raise ValidationError(_("The document is larger than %s. Split it or make its images smaller.") % limit)
    extension = (file.name or "").rpartition(".")[2].lower()
    if extension not in settings.WAGTAILDOCS_EXTENSIONS or not _content_fits(file, extension):
        allowed = ", ".join(settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(_("The content is not what the name says. Allowed are: %s.") % allowed)


def _content_fits(file: UploadedFile, extension: str) -> bool:
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    if extension in TEXT_EXTENSIONS:
        return b"\0" not in head and filetype.guess(head) is None and _is_utf8(file)
    found = filetype.guess(head)
    return found is not None and found.extension == extension


def _is_utf8(file: UploadedFile) -> bool:
    try:
        file.read().decode("utf-8")
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True
