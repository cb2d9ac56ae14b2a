from andock.kernel.modules import Module

from .frozen import FROZEN
from .trail import ACTIONS

MODULE = Module(
    name="local_strategies",
    loaders=("andock.local_strategies.loader.load_local_strategies",),
    frozen=FROZEN,
    actions=ACTIONS,
)
