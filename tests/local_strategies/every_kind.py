"""A take-over that asks every kind of question: three editions of a framework, and what Olpe has made of the first two.

``every_kind(actor, organisation, framework)`` builds it and leaves the run open.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from andock.docking.items import END, Resolution
from andock.docking.local import Override
from andock.docking.values import Element, Lineage
from andock.local_strategies.queries import decision_value
from andock.local_strategies.services.drafts import begin_strategy
from andock.local_strategies.services.own import OwnText, add_own
from andock.local_strategies.services.runs import answer_item, finish_run, start_run
from andock.local_strategies.services.storing import write_decision
from andock.organisations.models import Organisation, Term
from tests.factories.strategy import block, element, identity

from .scenes import choose, in_force, published, row, write

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.local_strategies.models import OwnPart, Run, Version
    from andock.strategy.models import Edition, Framework

TOPICS = ("klima", "wasser", "wald")


def _same(name: str, label: str, *blocks: tuple[str, str], **fields: object) -> Element:
    return element(
        name, *(block(*found) for found in blocks), label=label, title=TITLES.get(name, name), **fields
    )  # fmt: skip


TITLES = {
    "co": "Örtliche Strategien", "of": "Offene Daten", "rv": "Gemeinsam arbeiten", "sp": "Sensorik", "sp1": "Funknetze",
    "sp2": "Messwerte", "j1": "Beteiligung", "j2": "Bürgerrat", "jo": "Mitreden", "re": "Pendlerportal",
    "re2": "Mitfahrnetz", "wu": "Dorfläden", "wc": "Breitbandatlas", "nw": "Daten gemeinsam regeln",
    "ri": "Smarte Bänke", "dc": "Neue Arbeit", "up": "Bildung", "mg": "Gesundheit", "st": "Wald und Wasser",
    "cv": "Tourismus",
}  # fmt: skip

CO = "Jede Pionierkommune hat bis 2022 eine eigene Strategie. Grundlage sind Rahmenstrategie und Charta."
OF = "Die Region veröffentlicht Daten. Alle Kommunen machen mit und helfen einander."
FIRST = (
    _same("co", "1", ("co1", CO), obligation="core"),
    _same("of", "2", ("of1", OF)),
    _same("rv", "3", ("rv1", "Wir arbeiten zusammen."), ("rv2", "Einmal im Jahr treffen wir uns.")),
    _same("sp", "4", ("sp1", "Sensoren messen Pegel und Luft.")),
    _same("j1", "5", ("j11", "Alle werden gefragt.")),
    _same("j2", "6", ("j21", "Ein Bürgerrat berät.")),
    _same("re", "7", ("re1", "Ein Portal für Pendlerinnen und Pendler.")),
    _same("wu", "8", ("wu1", "Dorfläden werden gefördert.")),
    _same("wc", "9", ("wc1", "Der Breitbandatlas wird gepflegt.")),
    _same("dc", "10", ("dc1", "Gemeinsame Büros auf dem Land.")),
    _same("up", "11", ("up1", "Schulen bekommen WLAN.")),
    _same("mg", "12", ("mg1", "Telemedizin wird erprobt."), ("mg2", "Ärztinnen werden gewonnen.")),
    _same("st", "13", ("st1", "Wald und Wasser gehören zusammen."), terms=("topics/klima",)),
    _same("cv", "14", ("cv1", "Wanderwege werden beschildert.")),
)
RI = _same("ri", "15", ("ri1", "Bänke mit Steckdosen."))


def _third(own: str) -> tuple[Element, ...]:
    return (
        _same(
            "co", "1", ("co1", "Jede angedockte Kommune hat bis 2028 eine eigene Strategie. Grundlage sind Rahmenstrategie und Charta."), obligation="core"
        ),
        _same("of", "2", ("of1", "Die Region veröffentlicht jeden Tag Daten. Alle Kommunen machen mit und helfen einander.")),
        _same("rv", "3", ("rv1", "Wir arbeiten zusammen."), ("rv2", "Zweimal im Jahr treffen wir uns.")),
        _same("sp1", "4.1", ("sp1-neu", "Funknetze tragen die Daten der Sensoren.")),
        _same("sp2", "4.2", ("sp2-neu", "Messwerte stehen allen offen.")),
        _same("jo", "5", ("jo1", "Alle werden gefragt, ein Bürgerrat berät.")),
        _same("re2", "7", ("re2-neu", "Wer pendelt, fährt zusammen.")),
        _same("dc", "10", ("dc1", "Gemeinsame Büros auf dem Land, gefördert vom Land.")),
        _same("up", "11", ("up1", "Schulen bekommen WLAN und Geräte.")),
        _same("mg", "12", ("mg1", "Telemedizin wird erprobt."), ("mg2", "Ärztinnen und Ärzte werden gewonnen.")),
        _same("st", "13", ("st1", "Wald und Wasser gehören zusammen."), terms=("topics/klima", "topics/wasser")),
        _same("cv", "14", ("cv1", "Wanderwege werden gepflegt.")),
        replace(RI, label="15"),
        _same("nw", "16", ("nw1", "Wem Daten gehören, regeln wir gemeinsam."), obligation="core"),
        replace(_same("own", "17", ("own1", "Jede Gemeinde hat eine Stadtführung aufs Telefon.")), id=own, title="Stadtführung"),
    )  # fmt: skip


LINEAGE = (
    Lineage("continued", identity("co"), identity("co"), reason="Nicht mehr nur die Pioniere schreiben Strategien."),
    Lineage("split", identity("sp"), identity("sp1"), reason="Netz und Werte sind zwei Aufgaben."),
    Lineage("split", identity("sp"), identity("sp2"), reason="Netz und Werte sind zwei Aufgaben."),
    Lineage("joined", identity("j1"), identity("jo"), reason="Beides ist Mitreden."),
    Lineage("joined", identity("j2"), identity("jo"), reason="Beides ist Mitreden."),
    Lineage("replaced", identity("re"), identity("re2"), reason="Das Portal wurde wenig genutzt."),
    Lineage("withdrawn", identity("wu"), None, reason="Das Land fördert selbst."),
    Lineage("withdrawn", identity("wc"), None, reason="Der Bund führt ihn."),
    Lineage("reinstated", None, identity("ri"), reason="Neue Förderung."),
)  # fmt: skip


def every_kind(actor: User, organisation: Organisation, framework: Framework) -> Run:
    """Olpe in force on the second edition, the third one in force, its take-over begun and nothing answered."""
    version = on_the_second(actor, organisation, framework)
    target = third_edition(framework, version.own_parts.get())
    return start_run(actor=actor, strategy=version.strategy, target=target)


def on_the_second(actor: User, organisation: Organisation, framework: Framework) -> Version:
    """Begun on the first edition; the second withdraws one element, which is let go; then decided and in force."""
    for topic in TOPICS:
        Term.objects.get_or_create(vocabulary="topics", slug=topic, defaults={"labels": {"de": topic.capitalize()}})
    draft = begin_strategy(actor=actor, organisation=organisation, edition=published(framework, 1, *FIRST, RI))
    choose(actor, draft, "adopted", "ri")
    gone = (Lineage("withdrawn", identity("ri"), None, reason="Zu teuer."),)
    run = start_run(actor=actor, strategy=draft.strategy, target=published(framework, 2, *FIRST, lineage=gone))
    answer_item(actor=actor, run=run, resolution=Resolution(identity("co"), "leave"))
    answer_item(actor=actor, run=run, resolution=Resolution(identity("ri"), END))
    draft = finish_run(actor=actor, run=run)
    adapt(actor, draft)
    return in_force(actor, draft)


def adapt(actor: User, draft: Version) -> None:
    """What Olpe words itself."""
    why = {"reason": "Der Rat hat die Vision beschlossen."}
    write(actor, draft, "co", block__co1="Jede Kommune im Kreis hat bis 2024 eine eigene Strategie. Grundlage sind Rahmenstrategie und Charta.", **why)  # fmt: skip
    write(actor, draft, "of", block__of1=OF.replace("einander", "einander gern"))
    write(actor, draft, "rv", add__rv2="In Olpe am ersten Montag im März.")
    write(actor, draft, "sp", block__sp1="Sensoren messen Pegel, Luft und Lärm in Olpe.")
    choose(actor, draft, "declined", "j2", reason="Wir haben Einwohnerversammlungen.")
    write(actor, draft, "wu", block__wu1="Der Dorfladen in Olpe-Rhode wird gefördert.")
    choose(actor, draft, "declined", "dc", reason="Olpe hat schon zwei.")
    write(actor, draft, "mg", block__mg1="Telemedizin läuft am Krankenhaus.")
    write(actor, draft, "cv", block__cv1="Wanderwege werden gepflegt.")
    found = row(draft, "st")
    topics = Override("terms", ("topics/klima", "topics/wald"), "Der Wald gehört dazu.")
    write_decision(found, replace(decision_value(found), state="adopted", overrides=(topics,)))
    add_own(actor=actor, version=draft, own=OwnText("Stadtführung", "Olpe führt mit dem Telefon durch die Stadt."))


def third_edition(framework: Framework, own: OwnPart) -> Edition:
    """Splits, joins, replaces, withdraws, brings back and takes up Olpe's own element."""
    return published(framework, 3, *_third(str(own.identity)), lineage=LINEAGE)


def fourth_edition(framework: Framework, own: str) -> Edition:
    """As the third, but one paragraph reads differently again."""
    again = _same("up", "11", ("up1", "Schulen bekommen WLAN, Geräte und Fortbildung."))
    return published(framework, 4, *(again if one.id == again.id else one for one in _third(own)))


TOMORROWS = date(2099, 1, 1)
"""A day to put things off to."""
