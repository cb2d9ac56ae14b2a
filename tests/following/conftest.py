from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.accounts.cast import cast
from tests.notifications.conftest import mail_server

__all__ = ["cast", "mail_server"]


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    """As people read it, whatever another test has left."""
    with translation.override("de"):
        yield


@pytest.fixture(autouse=True)
def kept(settings) -> None:
    """No mail leaves: the demo keeps them. Nobody is asked for a second factor."""
    settings.ANDOCK_DEMO = True
