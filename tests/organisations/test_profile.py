"""What an organisation says about itself."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.organisations.models import Profile
from andock.organisations.services.profile import ChangedMeanwhile, update_profile
from tests.accounts.cast import Cast, cast

__all__ = ["cast"]

TEXT = {"text": "Olpe am Biggesee.", "links": [], "contact_office": "", "contact_email": "", "contact_phone": ""}


@pytest.fixture
def editor(cast: Cast, settings, tmp_path) -> Client:
    settings.ANDOCK_DEMO, settings.MEDIA_ROOT = True, tmp_path
    client = Client()
    client.force_login(cast.olpe_editor)
    return client


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 600)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, kind)
    return target.getvalue()


def test_own_text_is_saved_and_recorded_by_its_hash(cast: Cast) -> None:
    update_profile(actor=cast.olpe_editor, organisation=cast.olpe, seen="", **TEXT)

    assert Profile.objects.get().text == "Olpe am Biggesee."
    entry = Entry.objects.get()
    assert entry.before_hash != entry.after_hash
    assert "Biggesee" not in str(entry.data)


def test_only_a_changed_text_makes_the_public_pages_stale(cast: Cast) -> None:
    profile = update_profile(actor=cast.olpe_editor, organisation=cast.olpe, seen="", **TEXT)
    first = Version.objects.get(scope="organisations").stamp

    update_profile(actor=cast.olpe_editor, organisation=cast.olpe, seen=profile.changed_at.isoformat(), **TEXT)

    assert Version.objects.get(scope="organisations").stamp == first


@pytest.mark.parametrize("who", ["coordinator", "soest_releaser", "olpe_reader", "olpe_moderator", "resident"])
def test_text_of_others_cannot_be_changed(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        update_profile(actor=getattr(cast, who), organisation=cast.olpe, seen="", **TEXT)

    assert not Profile.objects.exists()


def test_second_person_saving_loses_nobodys_text(cast: Cast) -> None:
    update_profile(actor=cast.olpe_editor, organisation=cast.olpe, seen="", **TEXT)

    with pytest.raises(ChangedMeanwhile):
        update_profile(actor=cast.olpe_releaser, organisation=cast.olpe, seen="", **{**TEXT, "text": "Anders."})

    assert Profile.objects.get().text == "Olpe am Biggesee."


def test_page_shows_both_texts_and_saves_knowingly_the_second_time(cast: Cast, editor: Client) -> None:
    update_profile(actor=cast.olpe_releaser, organisation=cast.olpe, seen="", **TEXT)

    answer = editor.post("/verwaltung/olpe/profil/", {"seen": "", "text": "Anders."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Olpe am Biggesee." in page
    assert "Anders." in page
    seen = Profile.objects.get().changed_at.isoformat()
    editor.post("/verwaltung/olpe/profil/", {"seen": seen, "text": "Anders."})
    assert Profile.objects.get().text == "Anders."


@pytest.mark.parametrize(
    ("line", "sentence"),
    [("Seite javascript:alert(1)", "endet nicht mit einer Adresse"), ("https://www.olpe.de", "fehlen die Worte")],
)
def test_bad_link_comes_back_with_its_line(editor: Client, line: str, sentence: str) -> None:
    answer = editor.post("/verwaltung/olpe/profil/", {"links": f"Stadt https://www.olpe.de\n{line}"})

    assert answer.status_code == 400
    assert f"Zeile 2 {sentence}" in answer.content.decode() or f"In Zeile 2 {sentence}" in answer.content.decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_crest_is_drawn_anew_as_small_png(editor: Client, kind: str) -> None:
    editor.post("/verwaltung/olpe/profil/", {"crest": SimpleUploadedFile("wappen.exe", picture(kind))})

    with Image.open(Profile.objects.get().crest.path) as image:
        assert (image.format, image.size) == ("PNG", (512, 341))
    assert Profile.objects.get().crest.name.startswith("crests/olpe")


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a", picture()[:200]])
def test_what_is_no_picture_is_refused(editor: Client, content: bytes) -> None:
    answer = editor.post(
        "/verwaltung/olpe/profil/", {"text": "Neu.", "crest": SimpleUploadedFile("wappen.png", content)}
    )

    assert answer.status_code == 400
    assert "Neu." in answer.content.decode()
    assert not Profile.objects.exists()


def test_crest_is_removed_on_request(editor: Client) -> None:
    editor.post("/verwaltung/olpe/profil/", {"crest": SimpleUploadedFile("w.png", picture())})

    seen = Profile.objects.get().changed_at.isoformat()
    editor.post("/verwaltung/olpe/profil/", {"seen": seen, "remove_crest": "on"})

    assert not Profile.objects.get().crest
