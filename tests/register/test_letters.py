"""The letter of intent, read back from PDF and Word."""

from __future__ import annotations

import io

import docx
import pikepdf
import pytest
from django.test import Client

from andock.organisations.models import Municipality, Organisation
from andock.strategy.models import Framework
from tests.factories.organisations import municipality
from tests.factories.strategy import document
from tests.strategy.test_exports import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    owner = Organisation.objects.create(
        slug="agentur", name="Agentur", official_name="Agentur am See GmbH", kind="agency"
    )
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie #7 *am* See", owner=owner)
    return municipality("Olpe")


def word(client: Client, address: str = "/andocken/absichtserklaerung/olpe.docx") -> docx.document.Document:
    return docx.Document(io.BytesIO(client.get(address).content))


def test_pdf_is_tagged_and_names_town_framework_and_owner(client: Client, town: Municipality) -> None:
    answer = client.get("/andocken/absichtserklaerung/olpe.pdf")
    file = pikepdf.open(io.BytesIO(answer.content))

    assert answer["Content-Disposition"] == 'attachment; filename="absichtserklaerung-olpe.pdf"'
    assert file.Root.MarkInfo.Marked
    assert str(file.Root.Lang) == "de"
    assert "Rahmenstrategie #7 *am* See" in str(file.docinfo["/Title"])
    assert str(file.docinfo["/Author"]) == "Stadt Olpe"
    assert {"/H1", "/P", "/L", "/LI"} <= set(structure(file))
    assert len(file.pages) == 1


def test_word_file_has_a_real_heading_list_and_language(client: Client, town: Municipality) -> None:
    found = word(client)
    text = "\n".join(part.text for part in found.paragraphs)

    assert [part.text for part in found.paragraphs if part.style.name == "Heading 1"] == [
        "Absichtserklärung: Wir schließen uns „Rahmenstrategie #7 *am* See“ an"
    ]
    assert len([part for part in found.paragraphs if part.style.name == "List Bullet"]) == 3
    assert "Agentur am See GmbH" in text
    assert text.count("Unterschrift") == 1
    assert found.core_properties.author == "Stadt Olpe"
    assert found.core_properties.comments == ""
    assert (round(found.sections[0].page_width.cm, 1), round(found.sections[0].page_height.cm, 1)) == (21, 29.7)
    assert 'w:val="de-DE"' in found.styles.element.xml


def test_letter_names_the_edition_in_force(client: Client, town: Municipality) -> None:
    from andock.strategy.services.editions import import_edition

    import_edition(document=document(state="in_force", date="2022-11", signatories=()), actor=None)

    assert "1. Auflage, November 2022" in word(client).paragraphs[6].text


def test_letter_is_english_on_english_pages(client: Client, town: Municipality) -> None:
    found = word(client, "/en/andocken/absichtserklaerung/olpe.docx")

    assert "Letter of intent" in found.paragraphs[5].text
    assert 'w:val="en-GB"' in found.styles.element.xml


@pytest.mark.parametrize("name", ["agentur.pdf", "agentur.docx", "nirgends.pdf"])
def test_who_does_not_dock_has_no_letter(client: Client, town: Municipality, name: str) -> None:
    assert client.get(f"/andocken/absichtserklaerung/{name}").status_code == 404


def test_name_with_control_characters_breaks_no_file(client: Client, town: Municipality) -> None:
    Organisation.objects.filter(pk=town.pk).update(official_name="Olpe\x0b\x1fStadt")

    assert client.get("/andocken/absichtserklaerung/olpe.docx").status_code == 200
    assert client.get("/andocken/absichtserklaerung/olpe.pdf").status_code == 200


def test_page_of_a_town_outside_offers_the_letter(client: Client, town: Municipality) -> None:
    page = client.get("/kommunen/olpe/").content.decode()

    assert "/andocken/absichtserklaerung/olpe.pdf" in page
    assert "/andocken/absichtserklaerung/olpe.docx" in page


def test_letter_of_invitation_ends_with_contact_and_regards(town: Municipality) -> None:
    from django.utils import timezone

    from andock.organisations.models import Profile
    from andock.register.letters import letter_of_invitation
    from andock.register.models import Approach, PersonalInvitation

    framework = Framework.objects.get()
    Profile.objects.create(
        organisation=framework.owner, contact_office="Geschäftsstelle", contact_email="a@example.org"
    )
    approach = Approach(organisation=town.organisation, framework=framework)
    now = timezone.now()

    letter = letter_of_invitation(PersonalInvitation(approach=approach, created_at=now, expires_at=now), "abc")

    assert letter.closing[-2:] == [
        "Ihre Fragen beantworten wir gern: Geschäftsstelle, a@example.org", "Mit freundlichen Grüßen",
    ]  # fmt: skip
