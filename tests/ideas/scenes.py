"""A park in Olpe about which ideas are collected, and people who have some."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from andock.ideas.models import Idea, Remark
from andock.ideas.services.entering import Sheet, address_pattern, idea_writer, remark_writer
from andock.organisations.models import Municipality
from andock.participation.choices import Blueprint, ContributionKind, PhaseKind, Publication
from andock.participation.device import COOKIE, SALT
from andock.participation.models import Participant, Phase, Process
from andock.participation.services import contributing, people
from andock.participation.services.people import Introduction

if TYPE_CHECKING:
    from tests.accounts.cast import Cast

_numbers = count(1)
DAY = timedelta(days=1)


def collecting(organisation: Any, *, slug: str = "park", supports: bool = False, **values: Any) -> Process:
    """A published process: ideas until tomorrow, then supports where it has a phase for them."""
    now = timezone.now()
    made = Process.objects.create(
        slug=slug, title="Ein Park für alle", summary="Was fehlt im Park?", organisation=organisation,
        blueprint=Blueprint.IDEAS, publication=Publication.PUBLISHED, published_at=now, contact_email="park@example.org",
        **values,
    )  # fmt: skip
    Phase.objects.create(process=made, kind=PhaseKind.IDEAS, title="Sammeln", starts_at=now - DAY, ends_at=now + DAY)
    if supports:
        Phase.objects.create(
            process=made, kind=PhaseKind.SUPPORT, title="Stützen", starts_at=now + DAY, ends_at=now + 2 * DAY
        )
    return made


@pytest.fixture
def park(cast: Cast) -> Process:
    return collecting(cast.olpe)


def known(name: str = "Ada") -> Participant:
    """Somebody whose mailbox is confirmed."""
    now = timezone.now()
    with transaction.atomic():
        found = people.introduced(Introduction(email=f"{name.lower()}@example.org", pseudonym=name), now)
        people.confirmed(found, now)
    return found


def device_of(participant: Participant) -> Client:
    """A browser that belongs to somebody."""
    from django.core import signing

    client = Client()
    client.cookies[COOKIE] = signing.TimestampSigner(salt=SALT).sign(participant.pk.hex)
    return client


def idea(process: Process, title: str = "", author: Participant | None = None, **sheet: Any) -> Idea:
    """An idea of a confirmed person; public unless the process holds back."""
    number = next(_numbers)
    town = sheet.pop("municipality", None)
    made = contributing.submit(
        person=Introduction(known=author or known(f"Autor{number}")), phase=process.phases.get(kind=PhaseKind.IDEAS),
        kind=ContributionKind.IDEA, title=title or f"Bank {number}", text=f"Eine Bank am Weg {number}.",
        address=address_pattern(process), now=timezone.now(), request_key=uuid4(), detail=idea_writer(Sheet(**sheet)),
        municipality=town,
    )  # fmt: skip
    return Idea.objects.select_related("contribution__process__organisation", "contribution__office").get(pk=made.pk)


def remark(about: Idea, text: str = "Sehr gut.", stand: str = "pro", answers_to: Remark | None = None) -> Remark:
    process = about.contribution.process
    made = contributing.submit(
        person=Introduction(known=known(f"Stimme{next(_numbers)}")), phase=process.phases.get(kind=PhaseKind.IDEAS),
        kind=ContributionKind.REMARK, text=text, address=f"/beteiligung/{process.slug}/ideen/{about.pk}/",
        now=timezone.now(), request_key=uuid4(), detail=remark_writer(about, stand, answers_to),
    )  # fmt: skip
    return Remark.objects.select_related("contribution").get(pk=made.pk)


def end_phases(process: Process) -> None:
    """Everything ended an hour ago."""
    now = timezone.now()
    process.phases.update(starts_at=now - 2 * DAY, ends_at=now - DAY / 24)


def picture(kind: str = "JPEG", size: tuple[int, int] = (2000, 1000), **options: Any) -> SimpleUploadedFile:
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, kind, **options)
    return SimpleUploadedFile(f"bild.{kind.lower()}", target.getvalue(), f"image/{kind.lower()}")


def as_municipality(organisation: Any, ags: str) -> Municipality:
    return Municipality.objects.create(
        organisation=organisation, ags=ags, ars=f"{ags[:5]}0{ags[5:]}{ags[5:]}", kind="town", population=1000,
        population_on=date(2023, 12, 31), area_km2=10, latitude=51.0, longitude=8.0,
    )  # fmt: skip
