"""What a keyboard or a paste does to a text, put right: full-width marks, signs that cannot be seen, bullets.

Only what can mean one thing. Whatever could mean two is left as it is, and refused with its line (misread.py). A text
that is tidied stays as it is when it is tidied again.
"""

import re
import unicodedata

from toolkit.texts.canonical import INVISIBLE, SPACES
from toolkit.texts.languages import FACTS, OF_HOME
from toolkit.texts.words.grammar import BOXES, DIRECTIVE, SLUG

_BRACES = re.compile(r"[{｛]{2}([^{}｛｝\n]{1,200})[}｝]{2}")
_LINK = re.compile(r"[\[［]([^\[\]［］\n]{1,300})[\]］] ?[(（]([^()（）\s]{1,300})[)）]")
_INSIDE = re.compile(r"/|[/#][a-z0-9/#-]+")
_HASHES = re.compile(r"[#＃]{2,6}(?![#＃])|[#＃](?= )")
_ANCHOR = re.compile(r"[{｛] ?[#＃] ?([\w-]{1,80}) ?[}｝]", re.ASCII)
_BULLET = re.compile(r"[•●▪◦‣∙○■□][ ]*|[－＊·–] +")
_NUMBERED = re.compile(r"([0-9０-９]{1,3})(?:([.)]) |([．、）]) ?(?![0-9０-９ ])|([.)])(?=[^\W\d]))")
_BOX = re.compile(r"[!！]{3} ?(\w+) *(.*)\Z")
_BOX_AS_IT_IS = re.compile(r'!!! [a-z]+ ".+"')
_QUOTES = '"“”„«»「」『』＂'
_FENCE = re.compile(r"[-—–－]{1,4}\Z")
_KEY = re.compile(r"([a-z_]+(?:\.[a-z0-9-]+)?) ?[:：] ?")
_TABLE_SIGNS = str.maketrans("｜－：", "|-:")


def tidied(part: str, text: str) -> str:
    """A text as it is typed or pasted -> the same put right; ``part`` as for a unit."""
    text = without_invisible(text)
    if part in (FACTS, *OF_HOME):
        return text
    rows = text.split("\n")
    if not _FENCE.match(rows[0].strip()):
        return text
    end = next((n for n, row in enumerate(rows[1:], start=1) if _FENCE.match(row.strip())), 0)
    if not end:
        return text
    front = [_KEY.sub(r"\1: ", row, count=1) if _KEY.match(row) else row for row in rows[1:end]]
    return "\n".join(["---", *front, "---", tidied_body("\n".join(rows[end + 1 :]))])


def tidied_body(body: str) -> str:
    return "\n".join(map(_tidied_row, without_invisible(body).split("\n")))


def without_invisible(text: str) -> str:
    """Spaces of every width as a space, line breaks as LF, and nothing that cannot be seen."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return INVISIBLE.sub("", SPACES.sub(" ", text))


def _tidied_row(row: str) -> str:
    row = row.replace("\t", "    ")
    words = row.lstrip(" ")
    indent = row[: len(row) - len(words)]
    if not words:
        return row
    words = _begun(words)
    words = _LINK.sub(_link, _BRACES.sub(_directive, words))
    if words.count("＊＊") == 2:
        words = words.replace("＊＊", "**")
    return indent + words


def _begun(words: str) -> str:
    """A row with the mark that it begins with put right."""
    if match := _HASHES.match(words):
        return _heading(len(match.group()), words[match.end() :])
    if match := _BULLET.match(words):
        return f"- {words[match.end() :]}"
    if match := _NUMBERED.match(words):
        return f"{int(match[1])}. {words[match.end() :]}"
    if (match := _BOX.match(words)) and not _BOX_AS_IT_IS.fullmatch(words):
        return _box(words, _plain(match[1]).lower(), match[2].strip(_QUOTES + " "))
    if words.startswith("＞"):
        return f"> {words[1:].lstrip()}"
    if words.startswith("： "):
        return f": {words[2:]}"
    if words.startswith("｜"):
        table = words.translate(_TABLE_SIGNS)
        return table if not table.strip("|-: ") else words.replace("｜", "|")
    return words


def _heading(level: int, words: str) -> str:
    words = words.strip()
    place = max(words.rfind("{"), words.rfind("｛"))
    if place >= 0 and (match := _ANCHOR.fullmatch(words[place:])):
        words = f"{words[:place].rstrip()} {{#{match[1].lower()}}}".lstrip()
    return f"{'#' * level} {words}".rstrip()


def _box(words: str, kind: str, title: str) -> str:
    if kind not in BOXES:
        return words
    return f'!!! {kind} "{title}"' if title else f"!!! {kind}"


def _directive(match: re.Match[str]) -> str:
    inner = " ".join(_plain(match[1]).lower().split())
    wanted = f"{{{{ {inner} }}}}"
    return wanted if DIRECTIVE.fullmatch(wanted) else match.group()


def _link(match: re.Match[str]) -> str:
    """A link within the guide: its marks tell it from words in brackets."""
    target = _plain(match[2])
    is_ours = _INSIDE.fullmatch(target) and not any(SLUG.match(one) is None for one in re.split("[/#]", target) if one)
    return f"[{match[1]}]({target})" if is_ours else match.group()


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words)
