"""What is wrong with a text, said to staff: in the language of their screens, and in words from their work.

The texts are judged without Django (toolkit/texts) and in English. Here each of those messages is recognised by its
pattern and said again.
"""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from toolkit.admin.fields import KINDS, LABELS, VALUES
from toolkit.texts.check import Problem
from toolkit.texts.languages import SELF_NAMES

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# What a part may look like, so that it does not swallow its neighbours; any other part is any text.
_SHAPES = {
    "field": r"[a-z_][a-z0-9_.-]*",
    "record": r"[a-z0-9]+(?:-[a-z0-9]+)*",
    "list": "|".join(KINDS),
    "channel": "tel|whatsapp|sms",
    "named": r"\(no id\)|.+?",
    "schemes": r"[a-z]+(?: or [a-z]+)*",
}
# Fields of a text that have no form field of their own name in LABELS.
NAMES = {
    "aliases": _("Old addresses"),
    "anchor_aliases": _("Old places on the page"),
    "heading": _("Heading"),
    "help_lines": _("Contacts at the top of every page"),
    "ngo_lines": _("Lines for those at risk with the police"),
    "keywords": _("Words people search for, with commas"),
    "label": _("Name in this language"),
    "note": _("What a reader should know of it"),
    "position": _("Order among its neighbours"),
    "review": _("Review"),
    "sounds": _("How the sentence sounds"),
    "means": _("What the sentence means"),
    "summary": _("One sentence under the heading"),
}

# The message, or the message and the words to say instead. ``%(fault)s`` is a message of this list itself, and so is
# ``%(rule)s``, in which names stay as they are written in the plan's file.
FAULTS: tuple[str | tuple[str, str], ...] = (
    # Any file (canonical.py, folder.py)
    ("not valid UTF-8", _("this is not plain text (UTF-8)")),
    ("invisible or control character %(code)s", _("an invisible character stands here: %(code)s")),
    ("not a text of a page: page.toml or one of the languages", _("this file is no text of the guide")),
    (
        "not in canonical form (content_check --format writes it)",
        _("written a little differently than the site writes it: nothing to do"),
    ),
    _("a page's folder is named in small letters, digits and hyphens, two deep at most"),
    _("the plan stands in the content folder itself, not in a page's"),
    # The page and its address
    (
        "%(path)s was published and would vanish: keep it, or name it in the aliases of another page",
        _("%(path)s is published and would vanish: keep it, or name it among the old addresses of another page"),
    ),
    _("the address gives the topic away: %(word)s"),
    _("the title gives the topic away: %(word)s"),
    ("alias %(path)s is the address of a page", _("the old address %(path)s is the address of a page today")),
    ("alias %(path)s belongs to two pages", _("two pages have the old address %(path)s")),
    (
        "anchor alias %(old)s leads to #%(new)s, which is not on the page",
        _("the old place %(old)s leads to #%(new)s, which is not on the page"),
    ),
    (
        "anchor_aliases must be lines old = new of anchors",
        _("old places on the page are lines old = new, in small letters, digits and hyphens"),
    ),
    _("the page has no text in %(language)s"),
    # Facts and what they name
    ("no contact %(name)s", _("there is no contact %(name)s")),
    ("no route %(name)s", _("there is no report route %(name)s")),
    ("no provision %(name)s", _("there is no law %(name)s")),
    ("no figure %(name)s", _("there is no figure %(name)s")),
    ("no counter %(name)s", _("there is no sentence for a counter %(name)s")),
    (
        "%(record)s: %(number)s is superseded by %(name)s, which is nowhere",
        _("%(record)s: what is said to answer instead of %(number)s stands nowhere: %(name)s"),
    ),
    (
        "a provision needs a status, or the day it was passed, assented to or in force from",
        _("a law needs a status, or the day it was passed, assented to or in force from"),
    ),
    ("assented must not be before passed", _("the royal assent cannot be before Parliament passed it")),
    (
        "%(number)s: superseded and superseded_by (what answers now) go together",
        _("%(number)s: say what answers now where it is superseded, and only there"),
    ),
    (
        'must be a number of hours, days, working days, weeks, months or years: "14 working days"',
        _("must be a number of hours, days, working days, weeks, months or years: 14 working days"),
    ),
    ("no source %(name)s", _("there is no source %(name)s")),
    ("no page %(path)s", _("there is no page %(path)s")),
    ("%(record)s: no page types/%(page)s", _("the fact %(record)s names the type %(page)s, which has no page")),
    (
        "%(record)s: no source %(source)s on this page",
        _("the fact %(record)s names the source %(source)s, which is not on this page"),
    ),
    ("%(record)s has no source", _("the fact %(record)s has no source")),
    ("id %(record)s is used on another page too", _("the short name %(record)s is used on another page too")),
    ("id %(record)s is given twice", _("the short name %(record)s is given twice")),
    ("this page cannot be made of its texts", _("this page cannot be shown: it is too deeply nested, or broken")),
    # Words of a page
    _("the first line must be ---"),
    ("the front matter is not closed by a line ---", _("the part at the top is not closed by a line ---")),
    (
        "not a front matter line (key: value): %(line)s",
        _("a line at the top of the text must be name: words, not %(line)s"),
    ),
    ("unknown front matter key: %(key)s", _("the top of a text has no such line: %(key)s")),
    ("%(field)s is missing from the front matter", _("this is missing at the top of the text: %(field)s")),
    ("%(field)s is missing", _("this is missing: %(field)s")),
    ("%(field)s is given twice", _("this is given twice: %(field)s")),
    ("%(field)s has no value", _("this is empty: %(field)s")),
    (
        "translated_from and review are for translations",
        _("only a translation says which English text it follows and whether it was reviewed"),
    ),
    (
        "a translation needs translated_from and review",
        _("a translation must say which English text it follows and whether it was reviewed"),
    ),
    ("no HTML: %(code)s", _("HTML is not shown: %(code)s")),
    ("numbers come from records, not prose: %(number)s", _("name a fact instead of typing a number: %(number)s")),
    ("numbers come from records, not words: %(number)s", _("name a fact instead of typing a number: %(number)s")),
    ("headings in the text are ## or ###", _("headings in the text begin with ## or ###")),
    (
        "heading without an anchor {#small-letters}: %(heading)s",
        _("a heading ends with the name of its place on the page, as {#small-letters}: %(heading)s"),
    ),
    ("anchor #%(place)s is used twice", _("two places on the page have the same name: #%(place)s")),
    ("unknown directive: %(kind)s", _("there is no fact in double braces of this kind: %(kind)s")),
    (
        "not a directive: write {{ kind id }}",
        _("a fact in double braces is written with its kind and short name: {{ contact talian-kasih }}"),
    ),
    (
        'a box is one of %(boxes)s with a title: !!! save "Title"',
        _('a box is one of %(boxes)s, with a title in quotation marks: !!! save "Title"'),
    ),
    ("write headings with ##, not underlined", _("begin headings with ##, do not underline them")),
    _("pictures are not shown"),
    (
        "label or note of %(record)s, which is not a record of this page",
        _("a name or note for %(record)s, which is not a fact of this page"),
    ),
    (
        "links go to pages of this guide, like /types/outing/; other addresses belong in records: %(address)s",
        _("links go to pages of this guide, as /types/outing/; other addresses belong in the facts: %(address)s"),
    ),
    ("no anchor #%(place)s on %(path)s", _("there is no place #%(place)s on the page %(path)s")),
    (
        "anchor #%(place)s was published and would vanish: keep it, or add it to [anchor_aliases]",
        _("the place #%(place)s is published and would vanish: keep it, or name it among the page's old places"),
    ),
    # A translation beside the English
    (
        "older than the English text (content_pin, once it follows it again)",
        _("this translation is older than the English text"),
    ),
    (
        "anchors differ from the English: %(names)s",
        _("the places on the page differ from the English: %(names)s"),
    ),
    ("links differ from the English: %(names)s", _("the links differ from the English: %(names)s")),
    (
        "directives differ from the English: %(names)s",
        _("the facts in double braces differ from the English: %(names)s"),
    ),
    (
        "labels and notes differ from the English: %(names)s",
        _("the names and notes of facts differ from the English: %(names)s"),
    ),
    _("the order or number differs"),
    # What a field takes
    ("must be some text", _("must not be empty")),
    _("must be small letters, digits and single hyphens"),
    ("must be a date such as 2026-11-22, without quotes", _("must be a date such as 2026-11-22")),
    ("must be a whole number", _("must be a whole number, not below 0")),
    _("must be true or false"),
    ("must be a whole %(schemes)s address", _("must be a whole address that begins with %(schemes)s")),
    _("must be one of: %(choices)s"),
    _("must be a list"),
    ("must be a table", _("must be a group of lines, each name = value")),
    _('must be a year, month or day, or two with a slash: "2021-01/2025-11"'),
    (
        "hours must be 24/7 or like Mo-Fr 09:30-17:30, not %(hours)s",
        _("opening hours are 24/7, or like Mo-Fr 09:30-17:30, not %(hours)s"),
    ),
    ("hours run backwards: %(hours)s", _("opening hours must not end before they begin: %(hours)s")),
    (
        "%(channel)s: %(number)s must be +60… without spaces, or a short code",
        _("%(channel)s: %(number)s must be +60… without spaces, or a short code"),
    ),
    ("email: %(address)s is not an e-mail address", _("this is not an e-mail address: %(address)s")),
    ("a route needs a url or a menu", _("a report route needs a web address, or words to tap")),
    _("a way to reach them is not right yet"),
    ("%(row)s: write old = new", _("write it as old = new: %(row)s")),
    ("unknown field: %(key)s", _("there is no such field: %(key)s")),
    ("unknown key: %(key)s", _("there is no such field: %(key)s")),
    ("missing: %(fields)s", _("this is missing: %(fields)s")),
    (
        "%(key)s must be [[%(key)s]] tables",
        _("%(key)s must be groups of lines, each group under a line [[%(key)s]]"),
    ),
    # The plan: names stay as its file has them
    _("the questions are: %(choices)s"),
    _("the choices are: %(choices)s"),
    _("the pages of its section, so none here"),
    _("question %(named)s: %(rule)s"),
    _("step %(named)s: %(rule)s"),
    _("step %(named)s is given twice"),
    (
        "links must be a list of addresses such as /types/outing/#rights",
        _("links: must be a list of addresses such as /types/outing/#rights"),
    ),
    (
        "a step that shows contacts, routes or provisions says why",
        _("a step that shows contacts, report routes or laws must say why"),
    ),
    ("must be a table of lists", _('must be lists with a name, such as age = ["adult"]')),
    ("must be a list of ids", _("must be a list of short names")),
    _("must be given in %(languages)s"),
    ("has no words in %(language)s", _("has no words in %(language)s")),
    ("%(field)s: %(value)s is not one of: %(choices)s", _("in %(field)s: %(value)s is not one of: %(choices)s")),
    (
        'step %(named)s keeps copies, so it needs if.age = ["adult"]',
        _('step %(named)s keeps copies, so it is for adults only and needs if.age = ["adult"]'),
    ),
    _('step %(named)s sends to the police, so it needs if.police without "yes", or must be the last step'),
    _("%(fault)s, with these answers: %(answers)s"),
    _("none"),
    (
        "no step of kind help names a contact with a number",
        _("no step of the kind help names a contact with a phone number"),
    ),
    ("the first step in danger is not of kind danger", _("the first step in danger is not of the kind danger")),
    (
        "contact with the police is risky, and a step of kind police comes before help, or not last",
        _("contact with the police is risky, but a step of the kind police comes before help, or is not the last"),
    ),
    # What Python says of a file that cannot be read
    (
        "not valid TOML: %(detail)s (at line %(line)s, column %(column)s)",
        _("it cannot be read: %(detail)s (line %(line)s, character %(column)s)"),
    ),
    ("not valid TOML: %(detail)s (at end of document)", _("it cannot be read to its end: %(detail)s")),
    ("not valid TOML: %(detail)s", _("it cannot be read: %(detail)s")),
    ("Invalid statement", _("a line is name = value")),
    ("Invalid initial character for a key part", _("a line is name = value")),
    ("Expected '=' after a key in a key/value pair", _("a line is name = value")),
    ("Expected newline or end of document after a statement", _("there is something after the value")),
    ("Invalid value", _("words stand in quotation marks")),
    ("Unterminated string", _("a quotation mark is missing")),
    ("Illegal character %(character)s", _("a quotation mark is missing, or this cannot stand here: %(character)s")),
    ("Unclosed array", _("a bracket is not closed")),
    ("Unclosed inline table", _("a bracket is not closed")),
    ("Expected ']' at the end of a table declaration", _("a bracket is not closed")),
    ("Expected ']]' at the end of an array declaration", _("a bracket is not closed")),
    ("Cannot overwrite a value", _("a name is given twice")),
    ("Cannot declare %(key)s twice", _("this is given twice: %(key)s")),
    # General forms of what is above, told apart by the fault in them
    ("%(list)s %(named)s: %(fault)s", "%(list)s %(named)s: %(fault)s"),
    ("%(field)s %(fault)s", "%(field)s: %(fault)s"),
    ("%(field)s: %(rule)s", _("in %(field)s: %(rule)s")),
)


def said(message: str) -> str:
    """A message of the judgement of texts in the words of the screens; one that is not known comes back as it is."""
    found = _found(message, in_plan=False)
    return message if found is None else found[:1].upper() + found[1:]


def told(problem: Problem) -> Problem:
    """The same problem in the words of the screens."""
    return replace(problem, message=said(problem.message))


def _found(message: str, *, in_plan: bool) -> str | None:
    """What to say for a message, or None when it fits no pattern, or a fault in it fits none."""
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(message):
            parts = {name: _part(name, value, in_plan=in_plan) for name, value in match.groupdict().items()}
            if None not in parts.values():
                return gettext(words) % parts
    return None


def _part(name: str, value: str, *, in_plan: bool) -> str | None:
    """A part of a message in words; None for a fault that is not known."""
    match name:
        case "fault":
            return _found(value, in_plan=in_plan)
        case "rule":
            return _found(value, in_plan=True)
        case "names" | "choices" | "answers" | "detail":
            return _found(value, in_plan=True) or value
        case "field" | "fields" if not in_plan:
            return ", ".join(map(_label, value.split(", ")))
        case "list":
            return str(KINDS[value])
        case "channel":
            return str(VALUES.get(value, value))
        case "language":
            return SELF_NAMES.get(value, value)
        case "schemes":
            return value.replace(" or ", " / ")
        case "named" if value == "(no id)":
            return gettext(_("(without a short name)"))
    return value


def _label(field: str) -> str:
    if field in NAMES:
        return gettext(NAMES[field])
    return str(LABELS.get(field) or KINDS.get(field) or field)


def _compiled(text: str) -> re.Pattern[str]:
    """The English of a message with its parts -> what matches it. A part that comes again is the same again."""
    row, seen, end = "", set(), 0
    for place in _PLACEHOLDER.finditer(text):
        name = place[1]
        row += re.escape(text[end : place.start()])
        row += f"(?P={name})" if name in seen else f"(?P<{name}>{_SHAPES.get(name, '.+?')})"
        seen.add(name)
        end = place.end()
    return re.compile(row + re.escape(text[end:]), re.DOTALL)


def _pairs() -> list[tuple[str, str]]:
    """(message, words), the most literal message first: the others would match it too."""
    pairs = [(one, one) if isinstance(one, str) else one for one in FAULTS]
    return sorted(pairs, key=lambda pair: len(_PLACEHOLDER.sub("", pair[0])), reverse=True)


_PATTERNS = [(_compiled(message), words) for message, words in _pairs()]
