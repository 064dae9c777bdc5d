"""One text judged by itself, without its neighbours."""

from toolkit.texts.check import prose_problems
from toolkit.texts.page import read_part
from toolkit.texts.problem import Problem, TextError
from toolkit.texts.words.prose import Prose


def check_text(part: str, text: str) -> list[Problem]:
    """What is wrong with it; ``file`` is left empty."""
    try:
        parsed = read_part(part, text)
    except TextError as error:
        return [Problem.of("", error.line, error.fault)]
    return list(prose_problems("", text, part, parsed)) if isinstance(parsed, Prose) else []
