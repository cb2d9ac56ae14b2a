"""The region's own pages and news, and a small image."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from andock.accounts.models import User
from andock.cms.loader import load_news, load_pages
from andock.organisations.choices import Role
from andock.organisations.models import Organisation
from andock.organisations.region_folder import RegionFolder
from tests.factories.accounts import member, person
from tests.factories.organisations import municipality, region

REGION = Path(__file__).resolve().parents[2] / "regions" / "suedwestfalen"


@pytest.fixture
def agency(db: None) -> Organisation:
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    region(agency=agency)
    return agency


@pytest.fixture
def pages(agency: Organisation) -> None:
    """The shipped pages in their languages."""
    load_pages(RegionFolder(REGION))


@pytest.fixture
def news_folder(agency: Organisation, tmp_path: Path) -> RegionFolder:
    """A folder with two pieces of news about Olpe."""
    municipality("Olpe")
    (tmp_path / "news.yaml").write_text(
        '- {date: "2025-12", title: Olpe misst Müll, text: Vier Behälter melden sich., municipalities: ["05966024"]}\n'
        '- {date: "2024-11-27", title: Olpe fängt an, text: Es geht los., source: "https://example.org/olpe"}\n',
        encoding="utf-8",
    )
    return RegionFolder(tmp_path)


@pytest.fixture
def news(news_folder: RegionFolder) -> None:
    load_news(news_folder)


@pytest.fixture
def editor(agency: Organisation) -> User:
    editor = person("editor")
    member(editor, agency, Role.AGENCY_EDITOR)
    return editor


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    """The bytes of a small image."""
    target = BytesIO()
    Image.new(mode, size, "#1F5240" if mode == "RGB" else 0).save(target, kind, **options)
    return target.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
