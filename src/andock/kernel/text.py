"""Small text operations that every module needs in the same way."""

from __future__ import annotations

import re
import unicodedata

from django.utils.text import slugify as django_slugify

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"})
SOFT_HYPHEN = "\u00ad"


def slugify(text: str) -> str:
    """A name as it stands in an address, with German umlauts written out: Lüdenscheid → luedenscheid."""
    return django_slugify(unicodedata.normalize("NFC", text).translate(UMLAUTS))


def normalise(text: str) -> str:
    """The form in which two texts are compared: NFC, runs of blanks as one, no blanks at line ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in lines).strip()


def without_control_characters(text: str) -> str:
    """Drop C0 and C1 controls except line feed and tab; they break mails, calendars and spreadsheets."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")


def one_line(text: str) -> str:
    """The text in one line without control characters, as heads of mails and calendars need it."""
    return " ".join(without_control_characters(text).split())


def email_key(email: str) -> str:
    """A mail address as it is compared: case folded, without what stands behind a plus (RFC 5233).

    Dots are kept: only some providers ignore them.
    """
    local, _at, domain = email.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"
