"""A form gives back what it was filled with: nothing of a fact is lost because someone opened and saved it."""

from __future__ import annotations

import pytest

from tests.folders import SOURCE_AND_CONTACT
from tests.toolkit.test_editing import fields, staff
from toolkit.admin.drafting import facts_form, prose_form
from toolkit.live import live_site
from toolkit.texts.records.page_toml import read_facts, write_facts
from toolkit.texts.words.prose import read_prose, write_prose

FACTS = (
    "position = 1\nchecked = 2026-11-22\n"
    + SOURCE_AND_CONTACT
    + """
[[contacts.channels]]
kind = "tel"
value = "15888"
status = "superseded"
superseded_by = "+60312345678"

[contacts.usual_reply]
within = "3 days"
menu = ["Inbox", "Answers"]
sources = ["paper"]
checked = 2026-11-23

[[provisions]]
id = "act-1"
act = "An Act"
passed = 2026-07-20
sources = ["paper"]
checked = 2026-11-22

[provisions.act_text]
source = "paper"
section = "12"
as_at = 2026-08-01

[provisions.appeal]
within = "14 working days"

[[counters]]
id = "ask"
says = "Tolong baca ini."
checked = 2026-11-22
"""
)
PROSE = """---
title: A
summary: B
usual_reply.line: They answer by mail.
if_silent.line: Call again.
sounds.ask: TOH-long BAH-cha EE-nee
means.ask: Please read this.
---
Body
"""


def test_the_form_of_facts_keeps_what_stands_within_a_record():
    facts = read_facts(FACTS)
    form = facts_form.FactsForm(facts_form.typed_of(facts), [])
    assert form.text() == write_facts(facts)


def test_the_form_of_words_keeps_every_word_about_a_record():
    prose = read_prose(PROSE)
    typed = prose_form.typed_of(prose, "en", None, follows="")
    form = prose_form.ProseForm(typed, "en", prose_form.records_of(read_facts(FACTS), prose))
    assert form.text(follows="", pinned="") == write_prose(prose)


@pytest.mark.usefixtures("guide", "staff_static")
def test_every_word_about_a_record_stands_on_the_screen_that_sends_the_text_back():
    client, site = staff("mei", "Editor"), live_site()
    for path, part in (("platforms/discord", "en"), ("platforms/discord", "ta"), ("support/nsrc-997", "ta")):
        sent = fields(client.get(f"/staff/pages/{path}/{part}/").content.decode())
        for key, words in site[path].prose[part].words_of_records().items():
            for record, said in words.items():
                assert sent[f"{key}.{record}"] in (said, [said]), (path, part, key)
