import pytest

from andock.organisations.models import Organisation, Term
from andock.strategy.models import Framework


@pytest.fixture
def framework(db: None) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)
