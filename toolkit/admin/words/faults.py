"""What is wrong with a text, said to staff: in the language of their screens, and in words from their work."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from toolkit.admin.words.fields import KINDS, LABELS, VALUES
from toolkit.texts.languages import SELF_NAMES
from toolkit.texts.problem import NAMELESS, Fault, Problem

# Fields of a text that have no form field of their own name in LABELS.
NAMES = {
    "aliases": _("Old addresses"),
    "anchor_aliases": _("Headings whose hidden name changed"),
    "gone": _("Addresses of pages taken down"),
    "heading": _("Heading"),
    "called": _("Also called"),
    "help_lines": _("Contacts at the top of every page"),
    "ngo_lines": _("Lines for those at risk with the police"),
    "keywords": _("Words people search for, with commas"),
    "label": _("Name in this language"),
    "note": _("What a reader should know of it"),
    "position": _("Place among the pages of its section: 1 stands first"),
    "review": _("Review"),
    "sounds": _("How the sentence sounds"),
    "means": _("What the sentence means"),
    "summary": _("One sentence under the heading"),
}
# What of a translation is compared with the English.
COMPARED = {
    "anchors": _("the places on the page"),
    "links": _("the links"),
    "directives": _("the facts that are brought in"),
    "labels and notes": _("the names and notes of facts"),
}
# The code of a fault -> its words. A part that only a developer can use stays out.
WORDS = {
    # Any file
    "not-utf8": _("this is not plain text (UTF-8)"),
    "hidden-character": _("an invisible character stands here: %(sign)s"),
    "not-a-text": _("this file is no text of the guide"),
    "not-canonical": _("written a little differently than the site writes it: nothing to do"),
    "folder-name": _(
        "a page's folder is named in small letters, digits and hyphens, two deep at most, and not as a text or a number"
    ),
    "plan-misplaced": _("the plan stands in the content folder itself, not in a page's"),
    "buttons-misplaced": _("the words of buttons stand in the content folder itself, not in a page's"),
    "not-toml": _(
        "it cannot be read: a line is name = value, words stand in quotation marks, what opens is closed, and no name"
        " is given twice"
    ),
    "unreadable": _("this file cannot be read: %(why)s"),
    "not-a-file": _("this is not a file"),
    "link-not-followed": _("this is a link to a file, and not a file itself"),
    "deep-folder": _("there are too many folders in folders here: at most %(most)s"),
    "long-file": _("this text is too long: at most 256 KB"),
    "long-line": _("this line is too long: at most %(most)s characters"),
    "nested-toml": _("there are too many brackets within brackets: at most %(most)s"),
    "long-number": _("a number is far too long"),
    # The page and its address
    "page-vanishes": _(
        "%(path)s is published and would vanish: keep it, or name it among the old addresses of another page"
    ),
    "address-gives-away": _("the address gives the topic away: %(word)s"),
    "title-gives-away": _("the title gives the topic away: %(word)s"),
    "place-vanishes": _(
        "%(place)s is published and would lead nowhere: keep it, or name it among the old addresses or the old places"
        " of the page that says this now"
    ),
    "code-twice": _(
        "%(place)s and %(other)s have the same short link: give the newer one another address, or place on its page"
    ),
    "alias-is-page": _("the old address %(path)s is the address of a page today"),
    "alias-twice": _("two pages have the old address %(path)s"),
    "alias-lost": _("the old place %(old)s leads to #%(new)s, which is not on the page"),
    "alias-shape": _("old places on the page are lines old = new, in small letters, digits and hyphens"),
    "no-language": _("the page has no text in %(language)s"),
    "page-unmade": _("this page cannot be shown: it is too deeply nested, or broken"),
    # Facts and what they name
    "no-record": _("there is no %(sort)s %(record)s"),
    "superseded-lost": _("%(record)s: what is said to answer instead of %(number)s stands nowhere: %(name)s"),
    "superseded-half": _("%(number)s: say what answers now where it is superseded, and only there"),
    "no-status": _("a law needs a status, or the day it was passed, assented to or in force from"),
    "assented-early": _("the royal assent cannot be before Parliament passed it"),
    "no-type": _("the fact %(record)s names the type %(page)s, which has no page"),
    "no-source-here": _("the fact %(record)s names the source %(source)s, which is not on this page"),
    "no-source": _("the fact %(record)s has no source"),
    "id-elsewhere": _("the short name %(record)s is used on another page too"),
    "id-twice": _("the short name %(record)s is given twice"),
    "too-many": _("a page has at most %(most)s facts of one kind"),
    "checked-early": _("checked on a day that has not come: %(day)s"),
    # Words of a page
    "no-front-matter": _("the first line must be ---"),
    "front-matter-open": _("the part at the top is not closed by a line ---"),
    "not-a-front-line": _("a line at the top of the text must be name: words, not %(row)s"),
    "no-such-front-line": _("the top of a text has no such line: %(key)s"),
    "no-front-line": _("this is missing at the top of the text: %(field)s"),
    "twice": _("this is given twice: %(field)s"),
    "no-value": _("this is empty: %(field)s"),
    "pins-in-source": _("only a translation says which English text it follows and whether it was reviewed"),
    "no-pins": _("a translation must say which English text it follows and whether it was reviewed"),
    "html": _("HTML is not shown: %(code)s"),
    "typed-number": _("name a fact instead of typing a number: %(number)s"),
    "typed-address": _("name a fact instead of typing an address: %(address)s"),
    "heading-level": _("headings in the text begin with ## or ###"),
    "heading-anchor": _(
        "this heading has no hidden name for links to lead to: %(heading)s. “Show the marks” shows how others"
        " have theirs"
    ),
    "heading-underlined": _("begin headings with ##, do not underline them"),
    "anchor-twice": _("two places on the page have the same name: #%(place)s"),
    "no-directive": _("no fact of this kind can be brought in: %(kind)s"),
    "directive-shape": _("this brings in no fact: take it out, and choose the fact under “Put in a fact”"),
    "box-shape": _('a box is one of %(boxes)s, with a title in quotation marks: !!! save "Title"'),
    "picture": _("pictures are not shown"),
    "nested-text": _("there are too many lists, quotes or brackets in each other: at most %(most)s"),
    "many-directives": _("too many facts are brought in: at most %(most)s"),
    "long-body": _("this text is too long: at most %(most)s characters"),
    "list-glued": _("leave an empty line above the list"),
    "list-lost": _("this is not shown as a list: begin each item with - or 1. and a space"),
    "item-empty": _("there is nothing in this item of a list, or in this quote"),
    "heading-lost": _("this is not shown as a heading: type ## and a space before its words"),
    "heading-inside": _("a heading stands at the left edge, not in a list, a quote or a box"),
    "heading-empty": _("a heading has no words"),
    "table-lost": _(
        "this is not shown as a table: leave an empty line, then type | a | b |, then | --- | --- |, then its rows"
    ),
    "code-lost": _("this is shown as it is typed: leave out ```"),
    "box-empty": _("the box is empty: begin each line of its text with four spaces, right below the title"),
    "link-lost": _("this is not shown as a link: type [words](/page/)"),
    "link-empty": _("a link has no words: type [words](/page/)"),
    "link-in-link": _("a fact that is brought in is a link itself: put it beside the link, not into it"),
    "bold-lost": _("the stars are shown as they are: type **words**, without a space next to the stars"),
    "anchor-lost": _("the hidden name of a place stands at the end of a heading only"),
    "to-fill-in": _("this is not written yet: put your words in the place of %(words)s"),
    "front-marks": _("%(mark)s would be shown as it is typed: only the text of the page has marks"),
    "words-for-nothing": _("a name or note for %(record)s, which is not a fact of this page"),
    "link-elsewhere": _(
        "links go to pages of this guide, as /types/outing/; other addresses belong in the facts: %(address)s"
    ),
    "no-page": _("there is no page %(path)s"),
    "link-moved": _("%(path)s is an old address: the page is at %(now)s today, and readers are led there"),
    "no-anchor": _("there is no place #%(place)s on the page %(path)s"),
    "anchor-vanishes": _(
        "the place #%(place)s is published and would vanish: keep it, or name it among the page's old places"
    ),
    # A translation beside the English
    "outdated": _("this translation is older than the English text"),
    "plan-outdated": _("the words in %(language)s are older than the English text"),
    "differs": _("not as in the English: %(what)s: %(names)s"),
    "order-differs": _("not as in the English: %(what)s: the order or number differs"),
    # What a field takes
    "no-words": _("must not be empty"),
    "not-a-name": _("must be small letters, digits and single hyphens"),
    "not-a-day": _("must be a date such as 2026-11-22"),
    "not-whole": _("must be a whole number, not below 0"),
    "too-large": _("must be at most %(most)s"),
    "no-such-year": _("must be a day between %(first)s and %(last)s"),
    "not-a-flag": _("must be true or false"),
    "not-an-address": _("must be a whole address that begins with %(schemes)s"),
    "not-a-choice": _("must be one of: %(choices)s"),
    "not-a-list": _("must be a list"),
    "not-a-table": _("must be a group of lines, each name = value"),
    "not-a-period": _('must be a year, month or day, or two with a slash: "2021-01/2025-11"'),
    "not-a-span": _("must be a number of hours, days, working days, weeks, months or years: 14 working days"),
    "not-hours": _("opening hours cannot be read: %(hours)s"),
    "hours-not-here": _("opening hours name days and times only, not %(hours)s"),
    "hours-holidays": _("PH, public holidays, must begin a part of the opening hours: %(hours)s"),
    "not-called": _("somebody other than its writer has to call %(number)s first"),
    "number-letters": _("a number has digits only, no letters: %(number)s"),
    "number-signs": _("type one number, in digits, with nothing before or behind it: %(number)s"),
    "number-how": _("type the number with its first 0, as 03-1234 5678, or with + and its country: %(number)s"),
    "number-length": _("%(number)s has %(digits)s digits. A number like %(example)s has %(wanted)s: type it again"),
    "number-impossible": _("the country of %(number)s has no number of this length: type it again"),
    "number-no-range": _("no such number is known to have been given out, %(number)s: compare it with the source"),
    "number-abroad": _("%(number)s is a number of another country: %(country)s"),
    "number-two": _("%(shown)s would be shown, and %(number)s dialled: correct one of them"),
    "not-a-number": _("%(channel)s: %(number)s must be +60… without spaces, or a short code"),
    "not-a-site": _("must be the address of the site and nothing behind it, as https://guide.example.org: %(address)s"),
    "logo-large": _("the picture is too large: at most %(most)s characters, so simplify its shapes"),
    "logo-part": _("a drawing may hold shapes only, no %(part)s: turn words into shapes, save as plain SVG"),
    "image-unreadable": _("this is neither a drawing nor a photograph that can be shown"),
    "photo-large": _("this photograph is too large, or too full to be made small: cut out the part that matters"),
    "not-ticked": _("look at the picture, and tick this if it is so"),
    "pictures-heavy": _("the pictures of this page are too large together: at most %(most)s characters"),
    "no-alternative": _("say what the picture %(record)s shows, under the names and notes of the facts"),
    "logo-unreadable": _("this is not a drawing in SVG with a viewBox"),
    "not-an-email": _("this is not an e-mail address: %(address)s"),
    "no-way-to-report": _("a report route needs a web address, or words to tap"),
    "not-a-pair": _("write it as old = new: %(row)s"),
    "no-such-field": _("there is no such field: %(fields)s"),
    "no-such-key": _("there is no such field: %(keys)s"),
    "missing": _("this is missing: %(fields)s"),
    "not-tables": _("%(key)s must be groups of lines, each group under a line [[%(key)s]]"),
    "in-field": "%(field)s: %(fault)s",
    "in-record": "%(kind)s %(record)s: %(fault)s",
    # The plan, whose names stay as its file has them
    "in-button": _("“%(says)s” in %(language)s: %(fault)s"),
    "button-unknown": _("the guide has no button, menu or notice “%(says)s” any more: this is shown nowhere"),
    "button-twice": _("“%(says)s” is given twice"),
    "button-plural": _("“%(says)s” has another plural, or none"),
    "button-forms": _("so many forms are needed here: %(number)s"),
    "button-lines": _("write it in one line"),
    "button-long": _("this is too long for its place: at most %(most)s characters"),
    "button-lacks": _("%(marks)s is missing: the guide puts a number or a name in its place"),
    "button-adds": _("%(marks)s does not belong here: the guide would not know what to put in its place"),
    "button-html": _("write it without the signs < > & and without straight quotation marks (“ ” are right): %(code)s"),
    "button-never": _("do not say “%(form)s”; better: %(instead)s"),
    "in-question": _("question %(question)s: %(fault)s"),
    "in-step": _("step %(step)s: %(fault)s"),
    "in-key": _("in %(key)s: %(fault)s"),
    "questions-are": _("the questions are: %(choices)s"),
    "danger-first": _("the first two questions ask about danger and about thoughts of dying"),
    "choices-are": _("the choices are: %(choices)s"),
    "many-steps": _("there are too many steps: at most %(most)s"),
    "step-twice": _("step %(step)s is given twice"),
    "step-links": _("must be a list of addresses such as /types/outing/#rights"),
    "step-says-why": _("a step that shows contacts, report routes or laws must say why"),
    "not-lists": _('must be lists with a name, such as age = ["adult"]'),
    "not-names": _("must be a list of short names"),
    "not-in-languages": _("must be given in %(languages)s"),
    "no-words-in": _("has no words in %(language)s"),
    "not-among": _("%(value)s is not one of: %(choices)s"),
    "capture-for-all": _(
        "step %(step)s keeps copies, so it is for adults only: under “Under 18”, tick only the answer of adults"
    ),
    "police-for-all": _("step %(step)s sends to the police: under “Police are a risk”, tick what it is for, not Yes"),
    "gap": _("%(fault)s, with these answers: %(answers)s"),
    "gap-unasked": _("%(fault)s, when nothing is answered"),
    "state-at-risk": _(
        "it sends to an office of the state (%(act)s): under “Police are a risk”, tick what it is for, not Yes"
    ),
    "employer-is-the-one": _(
        "it tells the employer, so it is for what happens at work: under “Who does it”, tick only that answer"
    ),
    "emergency-elsewhere": _("it names the emergency number, so one of its acts must be rescue"),
    "order-of-family": _("this order is for a marriage or family: under “Who does it”, tick none but %(choices)s"),
    "order-of-others": _(
        "this order is for people neither married nor related: under “Who does it”, tick what fits, not %(choices)s"
    ),
    "order-needs-police": _("this order needs a police case: under “Police are a risk”, tick what it is for, not Yes"),
    "no-step": _("there is no step"),
    "first-reaches-nobody": _("the first step, %(step)s, names nobody who can be called or written to"),
    "no-help": _("no step names someone to talk to who has a phone number"),
    "danger-not-first": _("in danger the first step is %(step)s, which calls no rescue"),
    "talk-not-first": _("with thoughts of dying the first step is %(step)s, which names nobody to talk to"),
    "proof-too-early": _("with thoughts of dying, proof is asked for now, in step %(step)s"),
    "no-child-line": _("someone under 18 is shown no line for children"),
    "no-care": _("the body was hurt, and no step now or today leads to care"),
    "planned-with-nobody": _("step %(step)s names nobody with whom it could be planned"),
    "noticed-unplanned": _(
        "the other person will notice step %(step)s, which comes before it was planned with someone"
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in the words of the screens."""

    file: str
    line: int
    message: str
    is_warning: bool


def said(fault: Fault) -> str:
    """A fault in the words of the screens."""
    words = _words(fault)
    return words[:1].upper() + words[1:]


def told(problem: Problem) -> Told:
    return Told(problem.file, problem.line, said(problem.fault), problem.is_warning)


def _words(fault: Fault) -> str:
    words: str = gettext(WORDS[fault.code])
    return words % {name: _part(name, part) for name, part in fault.parts.items()}


def _part(name: str, part: Any) -> str:
    if isinstance(part, Fault):
        return _words(part)
    if isinstance(part, tuple):
        return ", ".join(_label(one) if name == "fields" else one for one in part)
    if part == NAMELESS:
        return str(gettext(_("(without a short name)")))
    match name:
        case "field":
            return _label(part)
        case "kind":
            return str(KINDS[part])
        case "sort":
            return str(KINDS[f"{part}s"]).lower()
        case "channel":
            return str(VALUES[part])
        case "country":
            return str(Locale.parse(get_language() or "en").territories.get(part, part))
        case "language":
            return str(SELF_NAMES.get(part, part))
        case "what":
            return str(gettext(COMPARED[part]))
    return str(part)


def _label(field: str) -> str:
    if field in NAMES:
        return str(gettext(NAMES[field]))
    return str(LABELS.get(field) or KINDS.get(field) or field)
