"""Another address for a page, as a draft: it moves, gives way to another page, is taken down, or comes back.

Published through the one door: what belongs to the page goes along, and every address, anchor and short link that there
was leads on, or says that it was taken down.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import tomli_w
from django.contrib.auth.models import User
from django.db import transaction

from toolkit import live
from toolkit.drafting import changing, reading
from toolkit.drafting.drafts import OtherWindowError
from toolkit.judging import Change, Verdict, weigh
from toolkit.models import AuditEntry, Cause, Draft, Event, Page, UnitState
from toolkit.texts.canonical import digest
from toolkit.texts.languages import ALL_PARTS, FACTS, PLAN
from toolkit.texts.lasting.renamed import KEEPS_ITS_NAME, Renamed
from toolkit.texts.lasting.short_links import anchors
from toolkit.texts.page import PageTexts, Part, Site, read_part, write_part
from toolkit.texts.plans.plan import PlanText, read_plan_text
from toolkit.texts.problem import TextError
from toolkit.texts.records.facts import Facts

KINDS = MOVE, GIVE_WAY, TAKE_DOWN, COME_BACK = "move", "give-way", "take-down", "come-back"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a page's address.

    ``to``: the new path, or that of the page that takes its place; "" else. ``anchors``: a part of a page that gives
    way -> the part of the other that takes its place.
    """

    kind: str
    to: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Wish:
        return cls(**tomllib.loads(text))

    @property
    def text(self) -> str:
        return tomli_w.dumps({"kind": self.kind, "to": self.to, "anchors": dict(self.anchors)})


class NoWishError(Exception):
    """The page is not there any more, or was moved since, or the page is not there that was to take its place."""


# Why a page keeps its address. The words for it stand in templates/staff/address.html.
FIRST_PAGE, SECTION, BY_NAME = "first", "section", "by-name"


def why_it_stays(path: str) -> str:
    """One of the reasons; "" where it can move."""
    if path == KEEPS_ITS_NAME:
        return BY_NAME
    return "" if "/" in path else SECTION if path else FIRST_PAGE


def left_anchors(page: PageTexts, other: PageTexts) -> list[str]:
    """The parts of a page, today's and earlier ones, that another page has no part of the same name for."""
    known = {*anchors(other), *(other.facts.anchor_aliases if other.facts else ())}
    own = [*anchors(page), *(page.facts.anchor_aliases if page.facts else ())]
    return [one for one in dict.fromkeys(own) if one and one not in known]


def named_by(path: str, site: Site) -> str | None:
    """The page that an address which is no page's any more leads to, or that says that it was taken down."""
    return next((one for one, page in site.items() if page.facts and path in page.facts.old_paths), None)


def gave_way(path: str, site: Site) -> list[Page]:
    """The pages whose address a page has taken over, or says of that they were taken down."""
    facts = site[path].facts if path in site else None
    return list(Page.objects.filter(path__in=facts.old_paths, is_retired=True)) if facts else []


def changes_of(page: Page, wish: Wish, site: Site) -> tuple[list[Change], dict[str, str]]:
    """What publishing a wish changes, and which page moves. Raises NoWishError."""
    path = page.path
    if wish.kind == COME_BACK:
        return _coming_back(page, site), {}
    texts = site.get(path)
    if texts is None or texts.facts is None:
        raise NoWishError(path)
    if wish.kind == MOVE:
        aliases = [one for one in (*texts.facts.aliases, path) if one != wish.to]
        moved = _renamed(path, wish, replace(texts.facts, aliases=tuple(dict.fromkeys(aliases))))
        change = Change.of(wish.to, FACTS, moved, digest(write_part(texts.facts)))
        return [change, *_named(path, wish, site, but=(path,))], {path: wish.to}
    other = (texts.parent or "") if wish.kind == TAKE_DOWN else wish.to
    if other == path or other not in site or site[other].facts is None:
        raise NoWishError(other)
    taking_over = _renamed(path, wish, _taking_over(site[other], texts, wish))
    change = Change.of(other, FACTS, taking_over, digest(write_part(_facts(site[other]))))
    return [change, *_named(path, wish, site, but=(path, other))], {path: other}


def weighed(page: Page, wish: Wish, site: Site) -> Verdict:
    """The guide as it would be, and what is wrong with that. Raises NoWishError."""
    changes, moves = changes_of(page, wish, site)
    return weigh(changes, site, moves)


def publish(draft: Draft, user: User, reason: str) -> None:
    """Raises NotFitError, NoWishError, OtherWindowError when the draft has changed since it was shown."""
    with transaction.atomic():
        live.one_at_a_time()
        seen, draft = draft.version, Draft.objects.select_for_update().select_related("page").get(pk=draft.pk)
        if draft.version != seen or not draft.is_open:
            raise OtherWindowError(draft)
        wish, before = Wish.read(draft.text), draft.page.path
        changes, moves = changes_of(draft.page, wish, live.live_site())
        changes = [replace(one, reason=reason) for one in changes]
        reading.read_by_publisher(draft, user)
        done = live.publish(changes, origin="staff", author=user, moves=moves, drafts={changes[0].unit: draft})
        if wish.kind == COME_BACK:
            # Its files have gone, or will be as they were: that they are missing is not for a person to decide.
            UnitState.objects.filter(page=draft.page).update(agreed=[])
        reading.keep_published(draft, user, done.revisions[changes[0].unit])
        _drafts_rename(before, wish)
        for (path, part), revision in done.revisions.items():
            if part in (FACTS, PLAN):
                _drafts_follow(path, part, revision.text, {one.unit: one.expected for one in changes}[path, part])
        AuditEntry.add(
            user, Event.ADDRESS_CHANGED, f"/{before}/ {wish.kind} {f'/{wish.to}/' if wish.to else ''}".strip(),
            page=draft.page, part=draft.part,
        )  # fmt: skip


def _facts(page: PageTexts) -> Facts:
    assert page.facts is not None  # noqa: S101 (changes_of)
    return page.facts


def _taking_over(other: PageTexts, texts: PageTexts, wish: Wish) -> Facts:
    """The facts of the page that takes the place of another, or that says that it was taken down."""
    facts, old = _facts(other), _facts(texts)
    if wish.kind == TAKE_DOWN:
        places = [texts.path, *old.aliases, *(f"{texts.path}#{one}" for one in left_anchors(texts, PageTexts("")))]
        return replace(facts, gone=tuple(dict.fromkeys([*facts.gone, *places, *old.gone])))
    today = {was: old.anchor_aliases.get(was, was) for was in left_anchors(texts, other)}
    leads = {was: wish.anchors.get(was) or wish.anchors.get(now, now) for was, now in today.items()}
    return replace(
        facts,
        aliases=tuple(dict.fromkeys([*facts.aliases, texts.path, *old.aliases])),
        gone=tuple(dict.fromkeys([*facts.gone, *old.gone])),
        anchor_aliases={**facts.anchor_aliases, **leads},
    )


def _coming_back(page: Page, site: Site) -> list[Change]:
    """The page's last texts, and the facts of the page that had taken its place without its addresses.

    Where its parts had led stays written there: those addresses were published too.
    """
    texts = dict(UnitState.objects.filter(page=page, live__isnull=False).values_list("part", "live__text"))
    other = named_by(page.path, site)
    facts = site[other].facts if other is not None else None
    if FACTS not in texts or facts is None or other is None or page.path in site:
        raise NoWishError(page.path)
    own = read_part(FACTS, texts[FACTS])
    places = {page.path, *(own.old_paths if isinstance(own, Facts) else ())}
    left = replace(
        facts,
        aliases=tuple(one for one in facts.aliases if one not in places),
        gone=tuple(one for one in facts.gone if one.partition("#")[0] not in places),
    )
    back = [Change(page.path, part, texts[part].encode(), None) for part in ALL_PARTS if part in texts]
    return [*back, Change.of(other, FACTS, left, digest(write_part(facts)))]


def _named(path: str, wish: Wish, site: Site, *, but: Collection[str]) -> Iterator[Change]:
    """What names a page by its address or its short name, and names it anew: the plan, and facts of other pages."""
    renamed = Renamed.of(path, wish.to)
    for other, page in site.items():
        if page.plan and wish.to:
            plan = _plan_after(page.plan, path, wish)
            if plan != page.plan:
                yield Change.of(other, PLAN, plan, digest(page.plan.text), cause=Cause.PAGE_RENAMED)
        if page.facts and renamed and other not in but and (facts := renamed.in_facts(page.facts)) != page.facts:
            yield Change.of(other, FACTS, facts, digest(write_part(page.facts)), cause=Cause.PAGE_RENAMED)


def _renamed(path: str, wish: Wish, facts: Facts) -> Facts:
    renamed = Renamed.of(path, wish.to)
    return renamed.in_facts(facts) if renamed else facts


def _plan_after(plan: PlanText, path: str, wish: Wish) -> PlanText:
    """Its links, answers and conditions after a page has got another address."""
    text = re.sub(rf'"/{re.escape(path)}/(?:#([a-z0-9-]+))?"', lambda found: _link(wish, found[1]), plan.text)
    led, renamed = read_plan_text(text), Renamed.of(path, wish.to)
    return renamed.in_plan(led) if renamed else led


def _link(wish: Wish, anchor: str | None) -> str:
    return f'"/{wish.to}/#{wish.anchors.get(anchor, anchor)}"' if anchor else f'"/{wish.to}/"'


def _drafts_rename(path: str, wish: Wish) -> None:
    """Drafts of facts and of the plan, in any state of being written, name the page as it is called now."""
    if not (renamed := Renamed.of(path, wish.to)):
        return
    for draft in Draft.objects.filter(part__in=(FACTS, PLAN), state__in=Draft.OPEN):
        text, typed = draft.text, draft.typed
        value = changing.read_or_none(draft) if text else None
        if isinstance(value, Facts):
            text = write_part(renamed.in_facts(value))
        if isinstance(value, PlanText):
            text = _plan_after(value, path, wish).text
        typed = renamed.in_typed(typed)
        if "body" in typed and draft.part == PLAN:
            typed["body"] = [_body_after(typed["body"][0], path, wish)]
        if (text, typed) != (draft.text, draft.typed):
            draft.text, draft.typed, draft.version = text, typed, draft.version + 1
            draft.save()


def _body_after(text: str, path: str, wish: Wish) -> str:
    """A plan as it was typed; one that cannot be read yet stays as it is."""
    try:
        return _plan_after(read_plan_text(text), path, wish).text
    except TextError:
        return text


def _drafts_follow(path: str, part: str, text: str, before: str | None) -> None:
    """Drafts of a text that has changed by this and by nothing else go on from it: nobody typed that."""
    was = live.text_of(path, part, before) if before else None
    if was is None:
        return
    for draft in Draft.objects.filter(page__path=path, part=part, base=before, state__in=Draft.OPEN):
        if part == FACTS:
            _take_over_addresses(draft, read_part(FACTS, was), read_part(FACTS, text))
        draft.base, draft.version = digest(text), draft.version + 1
        draft.save()


def _take_over_addresses(draft: Draft, was: Part, now: Part) -> None:
    """What was typed there stays."""
    assert isinstance(was, Facts) and isinstance(now, Facts)  # noqa: S101 (of facts)
    old, new = _address_lines(was), _address_lines(now)
    hers = {name: draft.typed.get(name, ["\n".join(old[name])])[0] for name in new}
    rows = {name: said.splitlines() if name == "anchor_aliases" else said.split() for name, said in hers.items()}
    lines = {name: _taken_in(rows[name], old[name], new[name]) for name in new}
    value = changing.read_or_none(draft) if draft.text else None
    if isinstance(value, Facts):
        pairs = dict(one.split(" = ", 1) for one in lines["anchor_aliases"])
        aliases, gone = (tuple(lines[name]) for name in ("aliases", "gone"))
        draft.text = write_part(replace(value, aliases=aliases, gone=gone, anchor_aliases=pairs))
    draft.typed = draft.typed | {name: ["\n".join(some)] for name, some in lines.items()}


def _address_lines(facts: Facts) -> dict[str, list[str]]:
    """By their fields, as a form has them."""
    pairs = [f"{old} = {new}" for old, new in facts.anchor_aliases.items()]
    return {"aliases": list(facts.aliases), "gone": list(facts.gone), "anchor_aliases": pairs}


def _taken_in(hers: list[str], was: list[str], now: list[str]) -> list[str]:
    """The lines of today without those that she took away, and with those that she typed."""
    typed = [line for one in hers if (line := _spaced(one))]
    left = [one for one in now if one in typed or one not in was]
    return list(dict.fromkeys([*left, *(one for one in typed if one not in was)]))


def _spaced(line: str) -> str:
    return " = ".join(one.strip() for one in line.split("=", 1)).strip()
