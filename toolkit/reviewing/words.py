"""What the reader of a pack is told, in her language."""

from dataclasses import dataclass

from django.utils.translation import gettext, override

from toolkit.texts.languages import LANGUAGES, SELF_NAMES, SOURCE

LAW = "law"


@dataclass(frozen=True, slots=True)
class PackWords:
    """``language``: of the statements. ``beside``: the head of the column next to them; "" where there is none."""

    language: str
    title: str
    number: str
    text: str
    beside: str
    right: str
    wrong: str
    better: str
    told: tuple[str, ...]
    asked: tuple[str, ...]


def words_of(of: str) -> PackWords:
    """``of``: a language, or LAW. A lawyer is told in English."""
    language = of if of in LANGUAGES else SOURCE
    with override(language):
        return PackWords(
            language=language,
            title=gettext("Sentences to be read: %(of)s")
            % {"of": gettext("the law") if of == LAW else SELF_NAMES[language]},
            number=gettext("Number"),
            text=SELF_NAMES[language],
            beside=gettext("Source and date") if of == LAW else "" if of == SOURCE else SELF_NAMES[SOURCE],
            right=gettext("Right"),
            wrong=gettext("Wrong"),
            better=gettext("Better like this"),
            told=_told(of),
            asked=(gettext("Your name"), gettext("Date"), gettext("Pages read")),
        )


def _told(of: str) -> tuple[str, ...]:
    check = (
        gettext("Compare each statement with the law as it stands today. If the date beside it is too old, say so.")
        if of == LAW
        else gettext("Would people here say it like this? Does it mean what the English beside it means?")
    )
    return (
        gettext("Someone may decide what to do in the worst hour of her life by what these sentences say."),
        check,
        gettext("Tick “Right” or “Wrong” for each sentence. If it is wrong, write a better one."),
        gettext("Leave the boxes empty where you did not read."),
        gettext("The pages come in the order of risk. You can stop after any page."),
        gettext("Do not change the numbers: they tell us which sentence you mean."),
        gettext("Keep this document where nobody who should not see it finds it."),
    )


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """What someone who reads from outside is told on her phone. ``beside``: what stands next to a sentence."""

    language: str
    title: str
    beside: str
    verdicts: dict[str, str]
    told: tuple[str, ...]


def reading_words(of: str) -> ReadingWords:
    """``of``: a language, or LAW; in the language that is active."""
    said = words_of(of)
    return ReadingWords(
        language=said.language,
        title=said.title,
        beside=said.beside,
        verdicts={"right": said.right, "wrong": said.wrong, "better": said.better},
        told=(
            *said.told[:2],
            gettext("Tap “Right”, “Wrong” or “Better like this” at each sentence. You can change your mind."),
            gettext("You can stop at any time and go on later, with the same link."),
            gettext("You read the text of today. A sentence that has changed since you judged it stands here anew."),
            gettext("Read where nobody looks over your shoulder, and pass the link on to nobody."),
        ),
    )
