"""Who asks whom, and who reads what two offices write to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.accounts.queries import people_of
from andock.accounts.rules import holds
from andock.kernel.permissions import ALLOWED, Verdict, denied
from andock.knowledge.choices import Publication
from andock.knowledge.rules import KEEPERS
from andock.organisations.choices import EDITING_ROLES, Role

from .owners import office_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from andock.accounts.models import User
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation

    from .models import Enquiry, Group, Post

    Actor = User | AnonymousUser


def may_keep_enquiries(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers; not even the agency reads what others are asked."""
    if holds(actor, KEEPERS, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s read and write here. Please ask one of them.") % organisation)


def may_ask_others(actor: Actor) -> Verdict:
    """Whoever writes for any organisation."""
    if holds(actor, KEEPERS):
        return ALLOWED
    return denied(
        _("Only editors and releasers of a municipality or of the agency ask from here. Please ask one of yours.")
    )


def may_ask(actor: Actor, solution: Solution, organisation: Organisation) -> Verdict:
    """For one's own organisation, about a published card of another where somebody is there to read it."""
    office = office_of(solution)
    if solution.publication != Publication.PUBLISHED:
        return denied(_("Only a published solution can be asked about."))
    if office == organisation:
        return denied(_("This card is your own. Its page says what others still want to know."))
    if not people_of(office, KEEPERS).exists():
        return denied(
            _("Nobody of %s has an account here yet, so nobody would read it. Please ask the agency.") % office
        )
    return may_keep_enquiries(actor, organisation)


def may_read_enquiry(actor: Actor, enquiry: Enquiry) -> Verdict:
    """The editors and releasers of the two offices."""
    if any(holds(actor, KEEPERS, office) for office in (enquiry.asking, enquiry.owner)):
        return ALLOWED
    return denied(
        _("Only editors and releasers of %(asking)s and %(owner)s read this.")
        % {"asking": enquiry.asking, "owner": enquiry.owner}
    )


def may_contribute(actor: Actor, enquiry: Enquiry, organisation: Organisation) -> Verdict:
    """Either office, in its own name, while the thread is open."""
    if organisation not in (enquiry.asking, enquiry.owner):
        return denied(_("%s takes no part in this.") % organisation)
    if not enquiry.is_open:
        return denied(_("This is closed. Open it again to write; copy your text to be safe."))
    return may_keep_enquiries(actor, organisation)


def may_close_enquiry(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Either office, once there is nothing left to say."""
    if not enquiry.is_open:
        return denied(_("This is closed already."))
    return may_read_enquiry(actor, enquiry)


def may_reopen_enquiry(actor: Actor, enquiry: Enquiry) -> Verdict:
    """Either office."""
    if enquiry.is_open:
        return denied(_("This is open already."))
    return may_read_enquiry(actor, enquiry)


def may_see_directory(actor: Actor) -> Verdict:
    """Whoever works for any organisation here, in whatever role: people ask people first."""
    if holds(actor, set(Role)):
        return ALLOWED
    return denied(
        _("The directory is for people who work for an organisation here. Ask a releaser of yours to invite you.")
    )


def may_keep_offices(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's own editors and releasers."""
    if holds(actor, KEEPERS, organisation):
        return ALLOWED
    return denied(_("Only editors and releasers of %s keep its offices. Please ask one of them.") % organisation)


def may_see_groups_desk(actor: Actor, organisation: Organisation) -> Verdict:
    """All people of the organisation."""
    if holds(actor, set(Role), organisation):
        return ALLOWED
    return denied(
        _("Only people of %s see its groups here. What is for everybody stands on the public page.") % organisation
    )


def may_found_group(actor: Actor, organisation: Organisation) -> Verdict:
    """An organisation's editors and releasers, in its name."""
    if holds(actor, KEEPERS, organisation):
        return ALLOWED
    return denied(
        _("Only editors and releasers of %s found, join and leave groups. Please ask one of them.") % organisation
    )


def may_keep_group(actor: Actor, group: Group) -> Verdict:
    """Whoever has founded it; the agency every group, as it looks after them all."""
    if holds(actor, KEEPERS, group.organisation) or holds(actor, {Role.AGENCY_EDITOR}):
        return ALLOWED
    return denied(
        _("Only %s and the agency change this. Please tell them what should stand here.") % group.organisation
    )


def may_join_group(actor: Actor, group: Group, organisation: Organisation) -> Verdict:
    """Every organisation, by its editors and releasers."""
    if group.has_member(organisation):
        return denied(_("%s takes part already.") % organisation)
    return may_found_group(actor, organisation)


def may_leave_group(actor: Actor, group: Group, organisation: Organisation) -> Verdict:
    """As it has joined."""
    if not group.has_member(organisation):
        return denied(_("%s does not take part.") % organisation)
    return may_found_group(actor, organisation)


def may_read_board(actor: Actor, group: Group, organisation: Organisation) -> Verdict:
    """The people of a member, in whatever role; not even the agency where it takes no part."""
    if not group.has_member(organisation):
        return denied(_("Only members read the board. Editors and releasers of %s can join.") % organisation)
    if holds(actor, set(Role), organisation):
        return ALLOWED
    return denied(_("Only people of the members read the board."))


def may_post(actor: Actor, group: Group, organisation: Organisation) -> Verdict:
    """The people of a member whose role is more than reading."""
    verdict = may_read_board(actor, group, organisation)
    if verdict and not holds(actor, EDITING_ROLES, organisation):
        return denied(
            _("With the role “Reader” you read the board. Ask a releaser of %s for another one.") % organisation
        )
    return verdict


def may_delete_post(actor: Actor, post: Post) -> Verdict:
    """One's own; and whoever has founded the group, what does not belong there."""
    if post.deleted_at:
        return denied(_("This is deleted already."))
    if actor.is_authenticated and (actor.pk == post.author_id or holds(actor, KEEPERS, post.group.organisation)):
        return ALLOWED
    return denied(_("You can delete what you have written yourself. Please ask %s.") % post.group.organisation)
