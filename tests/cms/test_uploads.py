"""What may be uploaded, and what anybody may fetch."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from andock.cms.models import ContentPage, SiteImage
from andock.cms.tree import start_page
from andock.cms.uploads import check_document

from .conftest import picture, upload

# Wagtail leaves the temporary files of its renditions to the garbage collector.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")]


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail remembers renditions by the image's number
    yield
    gc.collect()


def saved(form) -> SiteImage:
    assert form.is_valid(), form.errors
    return form.save()


def image_form(content: bytes, name: str = "see.jpg", description: str = "Ein See"):
    form_class = get_image_form(SiteImage)
    data = {"title": "See", "description": description, "collection": Collection.get_first_root_node().pk}
    return form_class(data, {"file": upload(name, content)})


def test_image_loses_place_and_camera() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera der Stadt"
    exif.get_ifd(0x8825)[1] = "N"
    original = picture(exif=exif, comment=b"geheim")
    assert b"Kamera der Stadt" in original

    image = saved(image_form(original))

    stored = image.file.open().read()
    assert b"Kamera der Stadt" not in stored
    assert b"geheim" not in stored
    assert not Image.open(BytesIO(stored)).getexif()


def test_image_lying_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    image = saved(image_form(picture(size=(60, 40), exif=exif)))

    assert (image.width, image.height) == (40, 60)


def test_image_without_description_is_refused() -> None:
    form = image_form(picture(), description="")

    assert not form.is_valid()
    assert "description" in form.errors


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("bild.jpg", b"<html><script>alert(1)</script></html>"),
        ("bild.png", picture("GIF")),
        ("bild.gif", picture("GIF")),
    ],
)
def test_file_that_is_no_allowed_image_is_refused(name: str, content: bytes) -> None:
    form = image_form(content, name)

    assert not form.is_valid()
    assert "file" in form.errors


def test_image_with_too_many_pixels_is_refused() -> None:
    form = image_form(picture("PNG", size=(9000, 6000), mode="1"), "bild.png")

    assert not form.is_valid()


def office_file(folder: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<w/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"%PDF-1.7\n"),
        ("daten.csv", b"Ort;Zahl\nOlpe;1\n"),
        ("brief.docx", office_file("word")),
    ],
)
def test_document_that_is_what_it_claims_is_taken(name: str, content: bytes) -> None:
    check_document(upload(name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", b"<html><script>alert(1)</script>"),
        ("plan.html", b"<html>"),
        ("plan.exe", b"MZ"),
        ("daten.csv", b"\xff\xfe\x00"),
        ("daten.txt", b"%PDF-1.7\n"),
        ("plan", b"%PDF-1.7\n"),
        ("plan.svg", b"<svg/>"),
    ],
)
def test_document_that_lies_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError):
        check_document(upload(name, content))


def test_document_that_is_too_large_is_refused(settings) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 5

    with pytest.raises(ValidationError, match="größer als"):
        check_document(upload("plan.pdf", b"%PDF-1.7\n"))


def test_document_is_handed_out_as_attachment(client: Client, agency) -> None:
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"%PDF-1.7\n", "plan.pdf"))

    answer = client.get(document.url)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def shown_picture(client: Client) -> str:
    image = saved(image_form(picture(size=(1200, 800))))
    body = [{"type": "image", "value": {"image": image.pk, "alt": "", "caption": ""}}]
    start_page("de").add_child(instance=ContentPage(title="Bild", slug="bild", body=body))
    return client.get("/bild/").content.decode()


def test_image_on_a_page_has_its_text_and_modern_formats(client: Client, agency) -> None:
    shown = shown_picture(client)

    assert 'alt="Ein See"' in shown
    assert 'type="image/avif"' in shown
    assert 'type="image/webp"' in shown


def test_sized_image_is_public_and_kept_for_ever(client: Client, agency) -> None:
    address = shown_picture(client).split('src="')[1].split('"')[0]

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "immutable" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    ["original_images/a.jpg", "documents/a.pdf", "documents/a.jpg", "images/a.html", "images/a.svg", "a.jpg"],
)
def test_originals_and_documents_are_not_public(client: Client, agency, name: str) -> None:
    default_storage.save(name, ContentFile(b"x"))

    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name", ["images/../documents/a.jpg", "images/%2e%2e/%2e%2e/a.jpg", "images//etc/a.jpg", "images/fehlt.jpg"]
)
def test_no_way_out_of_the_public_folders(client: Client, agency, name: str) -> None:
    default_storage.save("documents/a.jpg", ContentFile(b"x"))

    assert client.get(f"/media/{name}").status_code == 404


def test_name_with_a_null_character_is_not_found(client: Client) -> None:
    assert client.get("/media/images/a%00.png").status_code == 404
