"""Transfers as the pictures take them: the last stage of each as a step from who gives to who takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andock.design.tilemap import Tile
from andock.organisations.queries import municipalities_on

from .lineage import Party, Step, trees
from .lineage_picture import picture
from .network import network

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from andock.organisations.models import Municipality, Organisation

    from .lineage import Node
    from .lineage_picture import Picture
    from .models import Solution, TransferStage
    from .network import Network


class Lineage:
    """The trees of one solution with their drawing."""

    def __init__(self, solution: Solution, stages: Sequence[TransferStage]) -> None:
        self.nodes: tuple[Node, ...] = trees(_party(solution.organisation), map(step, stages))
        self.picture: Picture = picture(self.nodes)
        self.confirmed = sum(stage.is_confirmed for stage in stages)
        self.total = len(stages)


def lineage_of(solution: Solution, stages: Sequence[TransferStage]) -> Lineage | None:
    """``stages`` are the last ones of its transfers; None where there is none."""
    return Lineage(solution, stages) if stages else None


def network_of(stages: Iterable[TransferStage], day: date) -> Network | None:
    """The last stages of all transfers on the map of the region on ``day``; reads where its municipalities lie."""
    return network(_tiles(day), map(step, stages))


def step(stage: TransferStage) -> Step:
    """The last stage of a transfer as a step; without a giver it came from the owner of the card."""
    transfer = stage.transfer
    return Step(
        giver=_party(transfer.giver or transfer.solution.organisation),
        receiver=_party(transfer.receiver),
        stage=stage.stage,
        word=str(stage.get_stage_display()),
        when=str(stage.date),
        order=(stage.last_day.isoformat(),),
        is_confirmed=stage.is_confirmed,
        is_adapted=transfer.adapted,
        is_demonstration=transfer.is_demonstration,
        what_changed=transfer.what_changed,
        title=transfer.solution.title,
        slug=transfer.solution.slug,
    )


def _party(organisation: Organisation) -> Party:
    return Party(str(organisation.pk), organisation.name, organisation.slug, not organisation.inside_region)


def _tiles(day: date) -> dict[str, Tile]:
    """The municipalities that have a place on the schematic map."""
    placed = municipalities_on(day).exclude(tile_column=None).exclude(tile_row=None)
    return {str(town.pk): _tile(town) for town in placed}


def _tile(town: Municipality) -> Tile:
    assert town.tile_column is not None, "Only those with a place are asked for."
    assert town.tile_row is not None, "Only those with a place are asked for."
    return Tile(
        col=town.tile_column, row=town.tile_row, code=town.tile_code or town.organisation.name[:3],
        label=town.tile_label or town.organisation.name, district=str(town.organisation.district or ""),
    )  # fmt: skip
