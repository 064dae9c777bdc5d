from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.folders import SOURCE_AND_CONTACT
from toolkit.texts.canonical import tidy_line
from toolkit.texts.problem import TextError
from toolkit.texts.records import facts
from toolkit.texts.records.page_toml import read_facts, write_facts

TOP = "position = 1\nchecked = 2026-11-22\n"
WHOLE = TOP + SOURCE_AND_CONTACT

SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)
TEXT = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
    .map(tidy_line)
    .filter(bool)
)
DAY = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SLUGS = st.lists(SLUG, max_size=3).map(tuple)
SOURCE = facts.Source(id="s", title="T", publisher="P", url="https://example.org/", checked=date(2026, 11, 22))


def some(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(tuple)


CHANNEL = st.builds(
    facts.Channel,
    kind=st.just("tel"),
    value=st.sampled_from(["999", "15999", "+60192615999"]),
    display=TEXT | st.just(""),
    hours=st.sampled_from(["", "24/7", "Mo-Fr 09:30-17:30; Sa 09:00-13:00"]),
    status=st.sampled_from(["confirmed", "unconfirmed"]),
) | st.builds(
    facts.Channel,
    kind=st.just("tel"),
    value=st.just("15888"),
    status=st.just("superseded"),
    superseded_by=st.just("15999"),
)
AFTER = st.none() | st.builds(
    facts.AfterReport,
    within=st.sampled_from(["", "1 hours", "14 working days", "6 months"]),
    menu=st.lists(TEXT, max_size=2).map(tuple),
    sources=st.sampled_from([(), ("s",)]),
    checked=DAY | st.none(),
)
CONTACT = st.builds(
    facts.Contact, id=SLUG, name=TEXT, needs=some(facts.NEEDS), serves=some(facts.SERVES), states=some(facts.STATES),
    languages=some(facts.SPOKEN), types=SLUGS, hours=st.sampled_from(["", "24/7"]), cost=st.sampled_from(facts.COSTS),
    sources=st.just(("s",)), checked=DAY, channels=st.lists(CHANNEL, max_size=2).map(tuple),
)  # fmt: skip
ROUTE = st.builds(
    facts.Route, id=SLUG, platform=TEXT, menu=st.lists(TEXT, min_size=1, max_size=3).map(tuple), types=SLUGS,
    age=st.sampled_from(facts.AGES), reveals_reporter=st.sampled_from(facts.YES_NO_UNKNOWN), sources=st.just(("s",)),
    checked=DAY, usual_reply=AFTER, how_to_track=AFTER, if_silent=AFTER,
)  # fmt: skip
NUMBER = st.integers(0, 100)
PROVISION = st.builds(
    facts.Provision, id=SLUG, act=TEXT, section=TEXT | st.just(""), types=SLUGS, age=st.sampled_from(facts.AGES),
    status=st.sampled_from(facts.PROVISION_STATUSES), in_force_from=DAY | st.none(), prison_years=NUMBER,
    act_text=st.none() | st.builds(facts.ActText, source=st.just("s"), section=TEXT, as_at=DAY), appeal=AFTER,
    fine_rm=NUMBER, whipping=st.booleans(), combine=st.sampled_from(facts.COMBINE), sources=st.just(("s",)), checked=DAY,
)  # fmt: skip


def once(records):
    """The first of each id, as a page must have them."""
    return tuple({record.id: record for record in reversed(records)}.values())


FACTS = st.builds(
    facts.Facts, position=NUMBER, checked=DAY, anchor_aliases=st.dictionaries(SLUG, SLUG, max_size=2),
    sources=st.just((SOURCE,)), contacts=st.lists(CONTACT, max_size=2).map(once),
    routes=st.lists(ROUTE, max_size=2).map(once), provisions=st.lists(PROVISION, max_size=2).map(once),
)  # fmt: skip


@given(FACTS)
def test_what_is_written_reads_back_the_same(page_facts):
    assert read_facts(write_facts(page_facts)) == page_facts


@given(FACTS)
def test_the_canonical_text_is_its_own_canonical_text(page_facts):
    assert write_facts(read_facts(write_facts(page_facts))) == write_facts(page_facts)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("position = \n", 1, "not valid TOML"),
        ("checked = 2026-11-22\n", 1, "missing: position"),
        (TOP + "colour = 1\n", 3, "unknown key: colour"),
        (TOP.replace("1", '"1"', 1), 1, "position must be a whole number"),
        (TOP.replace("2026-11-22", '"2026-11-22"'), 2, "checked must be a date"),
        (WHOLE.replace('name = "A Line"\n', ""), 12, "contacts line: missing: name"),
        (WHOLE.replace('name = "A Line"', 'nam = "A Line"'), 12, "unknown field: nam"),
        (WHOLE.replace('hours = "24/7"', 'hours = "always"'), 12, "hours must be like Mo-Fr"),
        (WHOLE.replace("+60312345678", "03-1234 5678"), 12, "must be"),
        (WHOLE.replace('status = "confirmed"', 'status = "probably"'), 12, "status must be one of"),
        (WHOLE.replace('sources = ["paper"]', 'sources = ["book"]'), 12, "no source book on this page"),
        (WHOLE.replace('sources = ["paper"]', "sources = []"), 12, "line has no source"),
        (WHOLE.replace("https://line.example.org", "javascript:alert(1)"), 12, "website must be a whole https"),
        (WHOLE.replace("checked = 2026-11-22\n\n[[contacts]]", "\n[[contacts]]"), 5, "sources paper: missing: checked"),
    ],
)
def test_a_fault_is_named_with_its_record_field_and_line(text, line, message):
    with pytest.raises(TextError, match=message) as error:
        read_facts(text)
    assert error.value.line == line


def test_only_confirmed_channels_may_be_shown():
    doubtful = read_facts(WHOLE.replace('"confirmed"', '"unconfirmed"')).contacts[0]
    assert doubtful.confirmed == () and doubtful.phones == ()


def test_a_route_leads_somewhere():
    with pytest.raises(TextError, match="needs a url or a menu"):
        read_facts(WHOLE + '[[routes]]\nid = "r"\nplatform = "P"\nsources = ["paper"]\nchecked = 2026-11-22\n')


ACT = (
    WHOLE
    + """
[[provisions]]
id = "act-1"
act = "An Act"
passed = 2026-07-20
sources = ["paper"]
checked = 2026-11-22
"""
)


@pytest.mark.parametrize(
    ("more", "day", "status"),
    [
        ("", date(2026, 7, 19), "bill"),
        ("", date(2026, 7, 20), "passed"),
        ("assented = 2026-09-01\n", date(2026, 8, 31), "passed"),
        ("assented = 2026-09-01\n", date(2026, 9, 1), "not-commenced"),
        ("assented = 2026-09-01\nin_force_from = 2027-01-01\n", date(2026, 12, 31), "not-commenced"),
        ("assented = 2026-09-01\nin_force_from = 2027-01-01\n", date(2027, 1, 1), "in-force"),
        ('status = "bill"\n', date(2026, 7, 20), "passed"),
        ('status = "in-force"\n', date(2026, 7, 19), "in-force"),
    ],
)
def test_the_status_of_a_law_follows_from_its_dates(more, day, status):
    law = read_facts(ACT.replace("passed", more + "passed")).provisions[0]
    assert law.status_on(day) == status


def test_the_days_on_which_a_page_changes_by_itself_are_known():
    page_facts = read_facts(ACT.replace("passed", "in_force_from = 2027-01-01\npassed"))
    assert facts.dates_that_matter(page_facts) == [date(2026, 7, 20), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ACT.replace("passed = 2026-07-20\n", ""), "needs a status, or the day"),
        (ACT.replace("passed", "assented = 2026-07-01\npassed"), "assented must not be before passed"),
        (ACT + '[provisions.appeal]\nwithin = "soon"\n', "appeal within must be a number of hours"),
        (ACT + '[provisions.appeal]\nsources = ["book"]\n', "no source book on this page"),
        (ACT + '[provisions.act_text]\nsource = "book"\nas_at = 2026-01-01\n', "no source book on this page"),
        (ACT + '[provisions.act_text]\nsource = "paper"\n', "act_text missing: as_at"),
        (WHOLE.replace('"confirmed"', '"superseded"'), "superseded_by"),
        (WHOLE.replace('"confirmed"', '"confirmed"\nsuperseded_by = "15999"'), "superseded_by"),
    ],
)
def test_a_fault_of_what_happens_next_is_named(text, message):
    with pytest.raises(TextError, match=message):
        read_facts(text)


def test_a_superseded_number_is_never_shown():
    old = read_facts(WHOLE.replace('"confirmed"', '"superseded"\nsuperseded_by = "15999"')).contacts[0]
    assert old.confirmed == () and old.phones == ()
