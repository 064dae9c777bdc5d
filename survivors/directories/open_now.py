"""Who answers at the moment of asking, and when the others open.

Only for answers that are made when someone asks. Pages are made ahead, so none of them says "open now".
"""

from datetime import date, datetime

from django.utils.translation import get_language, gettext

from toolkit.rendering import words
from toolkit.texts.records.facts import Channel, Contact
from toolkit.texts.records.hours import MALAYSIA, Answers, IsHoliday, answers_at, next_opening
from toolkit.texts.records.public_holidays import CAPITAL, is_public_holiday


def lines(contact: Contact) -> list[tuple[Channel | None, str]]:
    """Its confirmed numbers, or the place itself when it has none, each with its hours ("" where not known)."""
    return [(one, one.hours or contact.hours) for one in contact.phones] or [(None, contact.hours)]


def is_open(contact: Contact, state: str, moment: datetime) -> bool:
    """Whether someone surely answers at a moment, asked from a state ("" where she did not say)."""
    is_holiday = _holidays_for(contact, state)
    return any(answers_at(hours, moment, is_holiday) is Answers.OPEN for _, hours in lines(contact) if hours)


def sentences(contact: Contact, state: str, moment: datetime) -> list[tuple[str, str]]:
    """What is said of a contact at a moment: numbers (one where they differ, else "") and their sentences.

    Nothing is said of hours that nobody knows.
    """
    now = moment.astimezone(MALAYSIA)
    is_holiday = _holidays_for(contact, state)
    said = [(one, _sentence(hours, now, is_holiday) if hours else "") for one, hours in lines(contact)]
    if len({sentence for _, sentence in said}) == 1:
        said = [(None, said[0][1])]
    return [(words.number(one) if one else "", sentence) for one, sentence in said if sentence]


def words_of_a_moment() -> dict[str, str]:
    """What is said of an hour, with ``@moment@`` and ``@time@`` where the time stands."""
    named, time = {"moment": "@moment@"}, {"time": "@time@"}
    return {
        Answers.OPEN.value: gettext("Open now (%(moment)s).") % named,
        Answers.CLOSED.value: gettext("Closed now (%(moment)s).") % named,
        Answers.UNSURE.value: gettext("Today is a public holiday, so they may be closed (%(moment)s).") % named,
        "today": gettext("Opens today, %(time)s.") % time,
        "later": gettext("Opens %(moment)s.") % named,
        # A Chinese stop brings its own space.
        "between": "" if get_language() == "zh-hans" else " ",
    }


def _sentence(hours: str, now: datetime, is_holiday: IsHoliday) -> str:
    """With the time in it, so that a page left lying open does not lie."""
    said, answers = words_of_a_moment(), answers_at(hours, now, is_holiday)
    sentence = said[answers.value].replace("@moment@", words.moment(now, now))
    opens = None if answers is Answers.OPEN else next_opening(hours, now, is_holiday)
    if not opens:
        return sentence
    then = said["today" if opens.date() == now.date() else "later"].replace("@time@", f"{opens:%H:%M}")
    return sentence + said["between"] + then.replace("@moment@", words.moment(opens, now))


def _holidays_for(contact: Contact, state: str) -> IsHoliday:
    """The holidays of the state its record names; else of where it works; of a national body, hers and the capital's.

    Where several states count, a holiday in one is enough: it is better to say "closed" once too often.
    """
    states = holiday_states(contact, state)

    def is_holiday(day: date) -> bool:
        return is_public_holiday(day, states)

    return is_holiday


def holiday_states(contact: Contact, state: str) -> tuple[str, ...]:
    """The states whose holidays count for a contact that is looked for from a state."""
    if contact.holidays_of:
        return (contact.holidays_of,)
    if contact.states and "all" not in contact.states:
        return (state,) if state in contact.states else contact.states
    return (state, CAPITAL) if state else (CAPITAL,)
