"""The people of the demonstration: one for every role."""

from __future__ import annotations

from dataclasses import dataclass

from andock.organisations.choices import Role

PASSWORD = "andock-demo-2026"  # noqa: S105 public on purpose; demo mode listens on loopback only


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``place`` is an organisation's slug; empty stands for the region's agency."""

    email: str
    name: str
    role: Role
    place: str = ""


ACCOUNTS = (
    DemoAccount("agentur@demo.example", "Ada Agentur", Role.AGENCY_EDITOR),
    DemoAccount("redaktion.olpe@demo.example", "Rana Redaktion", Role.MUNICIPAL_EDITOR, "olpe"),
    DemoAccount("freigabe.olpe@demo.example", "Femi Freigabe", Role.MUNICIPAL_RELEASER, "olpe"),
    DemoAccount("freigabe.soest@demo.example", "Sina Soest", Role.MUNICIPAL_RELEASER, "soest"),
    DemoAccount("moderation.olpe@demo.example", "Mika Moderation", Role.MODERATOR, "olpe"),
    DemoAccount("lesen.olpe@demo.example", "Lena Lesen", Role.READER, "olpe"),
)
