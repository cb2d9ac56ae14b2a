import pytest

from andock.accounts.models import User
from andock.organisations.models import Organisation, Term
from andock.strategy.models import Framework


@pytest.fixture
def framework(db: None) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)


@pytest.fixture
def editor(framework: Framework) -> User:
    """A person of the agency who writes the strategy."""
    return User.objects.create_superuser("editor@example.org", "geheim", name="Erika")


@pytest.fixture
def stranger(framework: Framework) -> User:
    """Signed in, but nowhere at home."""
    return User.objects.create_user("fremd@example.org", "geheim")
