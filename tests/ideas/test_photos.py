"""Photos come out as pixels and nothing else."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageOps

from andock.ideas.photos import as_jpeg, set_aside, waiting
from tests.ideas.scenes import picture


def test_photo_is_drawn_anew_without_its_place() -> None:
    exif = Image.Exif()
    exif[0x010F] = "KAMERA-GEHEIM"
    exif.get_ifd(0x8825)[2] = (51.0, 26.0, 0.0)

    drawn = as_jpeg(picture(exif=exif)).read()

    with Image.open(io.BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 800))
        assert not image.getexif()
    assert b"KAMERA-GEHEIM" not in drawn


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_small_photo_of_any_kind_keeps_its_size(kind: str) -> None:
    with Image.open(as_jpeg(picture(kind, (300, 200)))) as image:
        assert image.size == (300, 200)


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 40, b"%PDF-1.7", b""])
def test_file_that_is_no_photo_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValueError, match="JPEG, PNG"):
        as_jpeg(SimpleUploadedFile("bild.jpg", content, "image/jpeg"))


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8000, 8000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")

    with pytest.raises(ValueError, match="40"):
        as_jpeg(SimpleUploadedFile("bild.png", bomb, "image/png"))


def test_file_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(ValueError, match="10 MB"):
        as_jpeg(SimpleUploadedFile("bild.jpg", b"\xff" * (10 * 1024 * 1024 + 1), "image/jpeg"))


def test_photo_set_aside_comes_back_for_its_own_token_only(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    token = set_aside(as_jpeg(picture()))

    found = waiting(token)

    assert found is not None
    assert found.size
    assert waiting(token[:-2] + "xx") is None
    assert waiting("../../etc/passwd") is None


def test_no_more_photos_wait_than_there_is_room_for(settings, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("andock.ideas.photos.MOST_WAITING", 1)

    assert set_aside(as_jpeg(picture()))
    assert not set_aside(as_jpeg(picture()))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_as_the_camera_was_held(orientation: int) -> None:
    original = Image.new("RGB", (300, 200), "white")
    original.paste("red", (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    upload = io.BytesIO()
    original.save(upload, "JPEG", exif=exif, quality=95)

    drawn = as_jpeg(SimpleUploadedFile("x.jpg", upload.getvalue()))

    with Image.open(upload) as camera, Image.open(drawn) as image:
        upright = ImageOps.exif_transpose(camera)
        assert image.size == upright.size
        corners = [(20, 20), (image.width - 20, 20), (20, image.height - 20), (image.width - 20, image.height - 20)]
        assert [image.getpixel(one)[1] > 128 for one in corners] == [upright.getpixel(one)[1] > 128 for one in corners]


def test_photo_whose_notes_cannot_be_written_again_is_a_photo_all_the_same() -> None:
    """A camera calls the north the version of its notes on the place: the library reads that and cannot write it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (51.0, 2.0, 3.0)}
    notes = exif.tobytes().replace(b"\x00\x01\x00\x02\x00\x00\x00\x02N", b"\x00\x00\x00\x02\x00\x00\x00\x02N")
    assert notes != exif.tobytes()

    with Image.open(as_jpeg(picture(size=(300, 200), exif=notes))) as drawn:
        assert drawn.size == (200, 300)
