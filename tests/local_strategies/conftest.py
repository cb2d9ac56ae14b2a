from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django import Settings

from andock.accounts.models import User
from andock.kernel.modules import modules
from andock.local_strategies.models import Version
from andock.local_strategies.services.drafts import begin_strategy
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Region, Term
from andock.strategy.models import Edition, Framework
from tests.factories.accounts import member, organisation, person

from .scenes import docked, first_edition


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are compared by their source sentences."""
    with translation.override("en"):
        yield


@pytest.fixture
def framework(db: None) -> Framework:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
    region = Organisation.objects.create(slug="region", name="Region", kind="region")
    Region.objects.create(organisation=region, agency=agency)
    return Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=agency)


@pytest.fixture
def edition(framework: Framework) -> Edition:
    return first_edition(framework)


@pytest.fixture
def olpe(framework: Framework) -> Organisation:
    town = organisation("olpe")
    docked(town, framework)
    return town


@pytest.fixture
def editor(olpe: Organisation) -> User:
    editor = person("edda")
    member(editor, olpe, Role.MUNICIPAL_EDITOR)
    return editor


@pytest.fixture
def releaser(olpe: Organisation) -> User:
    releaser = person("rolf")
    member(releaser, olpe, Role.MUNICIPAL_RELEASER)
    return releaser


@pytest.fixture
def coordinator(framework: Framework) -> User:
    """An editor of the agency."""
    erika = person("erika")
    member(erika, framework.owner, Role.AGENCY_EDITOR)
    return erika


@pytest.fixture
def draft(editor: User, olpe: Organisation, edition: Edition) -> Version:
    """Olpe's first draft: nothing decided yet."""
    return begin_strategy(actor=editor, organisation=olpe, edition=edition)


@pytest.fixture
def solutions(settings: Settings) -> Iterator[None]:
    """One more module is switched on, whose things hang on elements."""
    settings.ANDOCK_MODULES = [*settings.ANDOCK_MODULES, "tests.local_strategies.solutions"]
    modules.cache_clear()
    yield
    modules.cache_clear()
