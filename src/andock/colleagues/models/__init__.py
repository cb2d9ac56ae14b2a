"""Tables: ``enquiry`` a thread between two offices, ``office`` whom to ask, ``group`` who learns together."""

from .enquiry import Contribution, Enquiry
from .group import Group, GroupMember, Post
from .office import Office

__all__ = ["Contribution", "Enquiry", "Group", "GroupMember", "Office", "Post"]
