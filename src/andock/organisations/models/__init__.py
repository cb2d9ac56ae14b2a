from .organisation import District, FormerSlug, Municipality, Organisation, Profile, Region, Succession
from .vocabulary import Term

__all__ = ["District", "FormerSlug", "Municipality", "Organisation", "Profile", "Region", "Succession", "Term"]
