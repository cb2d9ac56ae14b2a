import pytest

from andock.accounts.models import User
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Region, Term
from andock.strategy.models import Framework
from tests.factories.accounts import member, person


@pytest.fixture
def framework(db: None) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)


@pytest.fixture
def editor(framework: Framework) -> User:
    """A person of the agency who writes the strategy."""
    region = Organisation.objects.create(slug="region", name="Region", kind="region")
    Region.objects.create(organisation=region, agency=framework.owner)
    erika = person("erika")
    member(erika, framework.owner, Role.AGENCY_EDITOR)
    return erika


@pytest.fixture
def stranger(framework: Framework) -> User:
    """Signed in, but nowhere at home."""
    return person("fremd")
