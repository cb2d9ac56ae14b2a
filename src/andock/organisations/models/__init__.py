from .boundary import Boundary
from .organisation import District, FormerSlug, Municipality, Organisation, Profile, Region, Succession
from .vocabulary import Term

__all__ = [
    "Boundary",
    "District",
    "FormerSlug",
    "Municipality",
    "Organisation",
    "Profile",
    "Region",
    "Succession",
    "Term",
]
