"""Words that give the topic away to someone who sees a tab, a history list, a link preview or a file name.

Titles, addresses and file names must not contain them (docs/quick-exit.md); headings and prose may.
"""

import re

# Matched at the start of a word, so that "therapy" and "Essex" pass.
_LATIN = (
    "abuse", "rape", "nude", "naked", "porn", "sex", "violen", "gender", "survivor", "victim", "harass", "intimate",
    "obscene", "lewd", "molest", "stalk", "assault", "blackmail", "extort", "deepfake", "revenge",
    "mangsa", "pemandiri", "lucah", "bogel", "ganas", "keganasan", "seks(?!yen)", "gangguan", "rogol", "intim", "cabul",
    "peras", "ugut", "penderaan",
)  # fmt: skip
# These scripts mark no word boundary (Chinese) or inflect freely (Tamil): matched anywhere.
_OTHER = (
    "暴力", "裸", "性", "强奸", "强暴", "幸存", "受害", "骚扰", "色情", "私密", "勒索", "虐待",
    "வன்முறை", "பாலியல்", "நிர்வாண", "ஆபாச", "அந்தரங்க", "பாதிக்கப்பட்ட", "துன்புறுத்த", "மிரட்ட", "வன்புணர்",
)  # fmt: skip

_GIVEAWAY = re.compile(rf"(?<![^\W_])(?:{'|'.join(_LATIN)})|{'|'.join(_OTHER)}", re.IGNORECASE)


def giveaway(text: str) -> str | None:
    """The first word in ``text`` that gives the topic away, or None."""
    match = _GIVEAWAY.search(text)
    return match.group() if match else None
