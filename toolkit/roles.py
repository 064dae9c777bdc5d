"""The four roles, as groups, and what each may do. Pages ask here, never for a group by its name."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from toolkit.texts.languages import FACTS, OF_HOME, TRANSLATIONS

Someone = User | AnonymousUser

TRANSLATOR, EDITOR, PUBLISHER, ADMINISTRATOR = "Translator", "Editor", "Publisher", "Administrator"
PERMISSIONS = {
    TRANSLATOR: ("draft_own_languages",),
    EDITOR: ("draft_everything",),
    PUBLISHER: ("draft_everything", "publish"),
    ADMINISTRATOR: ("manage_accounts",),
}


def make_groups(group: Any = Group, permission: Any = Permission) -> None:
    """The groups with their permissions; those that are there already stay as they are. For the migration."""
    for name, codenames in PERMISSIONS.items():
        made, is_new = group.objects.get_or_create(name=name)
        if is_new:
            made.permissions.set(permission.objects.filter(content_type__app_label="toolkit", codename__in=codenames))


def may_draft(user: Someone, part: str) -> bool:
    if user.has_perm("toolkit.draft_everything"):
        return True
    if part in OF_HOME:
        return bool(home_languages(user))
    return part != FACTS and user.has_perm("toolkit.draft_own_languages") and part in languages_of(user)


def home_languages(user: Someone) -> tuple[str, ...]:
    """In which languages a translator writes the words of the plan and of buttons; English and rules are not hers."""
    if not user.has_perm("toolkit.draft_own_languages"):
        return ()
    return tuple(language for language in TRANSLATIONS if language in languages_of(user))


def may_draft_rules(user: Someone) -> bool:
    return bool(user.has_perm("toolkit.draft_everything"))


def may_publish(user: Someone) -> bool:
    return bool(user.has_perm("toolkit.publish"))


def may_confirm(user: Someone) -> bool:
    """Whether she may say of a fact or a translation that it is still correct: the words stay, a date changes."""
    return bool(user.has_perm("toolkit.draft_everything"))


def may_call(user: Someone) -> bool:
    """Whether she may say that she called a number: everyone who writes."""
    return bool(user.has_perm("toolkit.draft_everything") or user.has_perm("toolkit.draft_own_languages"))


def may_ask_readers(user: Someone) -> bool:
    """Whether she may ask someone without an account to read texts, and sees what comes back."""
    return bool(user.has_perm("toolkit.draft_everything"))


def may_manage_accounts(user: Someone) -> bool:
    return bool(user.has_perm("toolkit.manage_accounts"))


def languages_of(user: Someone) -> list[str]:
    member = getattr(user, "staff_member", None)
    return list(member.languages) if member else []
