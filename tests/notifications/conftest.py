from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from pytest_django.fixtures import SettingsWrapper


class Postmaster:
    """Decides how the mail server answers and keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.senders: list[str] = []
        self.answer = "250 OK"
        self.recipient_answer = "250 OK"
        self.refused: set[str] = set()
        self.delay = 0.0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        if self.answer.startswith("250"):
            self.taken.append(envelope.content)
            self.senders.append(envelope.mail_from)
        return self.answer


def free_port() -> int:
    """A port that was free a moment ago; the server used here can't choose one itself."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def mail_server(settings: SettingsWrapper) -> Iterator[Postmaster]:
    """A real SMTP server on loopback."""
    postmaster = Postmaster()
    controller = Controller(postmaster, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 1
    settings.DEFAULT_FROM_EMAIL = "Region <region@andock.example>"
    yield postmaster
    controller.stop()
