"""What a draft of the words of buttons holds, and one of them as a form.

It holds the whole text (``body``): a post of one form is written into it at once. An empty field, or one that says what
the program says, is as in the program.
"""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.admin.drafting.facts_form import as_posted, body_of
from toolkit.admin.words.faults import said
from toolkit.drafting.drafts import Typed
from toolkit.texts.buttons.check import longest
from toolkit.texts.buttons.program import OwnWords, by_key, program
from toolkit.texts.buttons.text import Buttons, Words, read_buttons, write_buttons
from toolkit.texts.canonical import decode
from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE
from toolkit.texts.problem import TextError

COMPARED = _("Compared with the English as it is now")
# The field of a language that says so.
_FOLLOWS = "follows"


class ButtonsForm(forms.Form):
    body = forms.CharField(required=False)

    def __init__(self, typed: Typed) -> None:
        super().__init__(as_posted(typed))
        self.typed = typed

    def text(self) -> str:
        """The canonical text, or "" with an error."""
        try:
            return write_buttons(read_buttons(decode(body_of(self.typed).encode())))
        except TextError as error:
            self.add_error(None, said(error.fault))
            return ""


class WordsForm(forms.Form):
    """One of them as it is in her draft, with a field for each form in the ``languages`` that she may write.

    The fields are named ``<key>.<language>.<form>``, and ``<key>.<language>.follows`` where nobody has said yet that
    the words fit an English that was changed. ``rows``: (language, its name, fields, words where she has none).
    """

    def __init__(self, own: OwnWords, words: Words | None, languages: Collection[str]) -> None:
        super().__init__()
        self.rows: list[tuple[str, str, list[forms.BoundField], tuple[str, ...]]] = []
        for language in LANGUAGES:
            theirs = own.said.get(language) or own.said[SOURCE]
            shown = words.said.get(language, theirs) if words else theirs
            names = []
            for number, said_now in enumerate(shown if language in languages else ()):
                names.append(f"{own.key}.{language}.{number}")
                self.fields[names[-1]] = _field(own, language, number, said_now)
            if names and words and language in words.outdated:
                names.append(f"{own.key}.{language}.{_FOLLOWS}")
                self.fields[names[-1]] = forms.BooleanField(label=COMPARED, required=False)
            fields = [self[name] for name in names]
            self.rows.append((language, SELF_NAMES[language], fields, () if fields else shown))


def typed_of(buttons: Buttons | None) -> Typed:
    return {"body": [write_buttons(buttons or Buttons())]}


def buttons_of(typed: Typed) -> Buttons:
    """What a draft says; nothing where it cannot be read."""
    try:
        return read_buttons(body_of(typed))
    except TextError:
        return Buttons()


def typed_with(before: Typed, posted: Typed, key: str, languages: Collection[str], *, is_back: bool) -> Typed:
    """The draft with what was posted for one word in it, in the ``languages`` that she may write.

    ``is_back``: they say what the program says again. What the program has no more goes with it. Words that are
    written anew, and those of which it is ticked, follow the English that the draft has then.
    """
    own, buttons = by_key().get(key), buttons_of(before)
    if own is None:
        return before
    words = buttons.of(own.says)
    said = dict(words.said) if words else {}
    follows, compared = dict(words.follows) if words else {}, []
    for language in languages:
        theirs = tuple(one.strip() for one in own.said.get(language) or own.said[SOURCE])
        names = [f"{key}.{language}.{number}" for number in range(len(theirs))]
        if is_back or any(name in posted for name in names):
            mine = [" ".join(posted.get(name, [""])[0].split()) for name in names]
            forms_of = tuple(one or there for one, there in zip(mine, theirs, strict=True))
            was = said.pop(language, theirs)
            if forms_of != theirs and not is_back:
                said[language] = forms_of
            if is_back:
                follows.pop(language, None)
            elif language != SOURCE and (forms_of != was or f"{key}.{language}.{_FOLLOWS}" in posted):
                compared.append(language)
    known = Buttons(tuple(one for one in buttons.words if one.says in program()))
    return typed_of(known.with_words(Words(own.says, own.plural, said, follows).following(compared)))


def _field(own: OwnWords, language: str, number: int, now: str) -> forms.Field:
    theirs = own.said.get(language) or own.said[SOURCE]
    name = SELF_NAMES[language]
    if len(theirs) > 1:
        name = gettext("%(language)s, for one") if number == 0 else gettext("%(language)s, for several")
        name %= {"language": SELF_NAMES[language]}
    there = theirs[min(number, len(theirs) - 1)].strip()
    attributes = {"lang": language, "maxlength": longest(own, language), "autocomplete": "off"}
    return forms.CharField(
        label=name,
        help_text=gettext("In the program: %(words)s") % {"words": there},
        initial=now.strip(),
        widget=forms.TextInput(attrs=attributes),
        required=False,
    )
