from .docking import Docking, DockingPeriod
from .edition import Edition, Framework, Signatory
from .element import Element, ElementVersion, Lineage

__all__ = ["Docking", "DockingPeriod", "Edition", "Element", "ElementVersion", "Framework", "Lineage", "Signatory"]
