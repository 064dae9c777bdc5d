"""Words as the search sees them: folded, split, widened to their inflections, and set right when misspelt.

Pure functions. FTS5's tokeniser and ``words`` must agree on what a word is: letters, digits and marks (Tamil vowel
signs are marks), and each Han character by itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

LONGEST_QUERY = 200
TOKENIZER = "unicode61 categories 'L* N* Co Mn Mc'"

# Traditional characters that Malaysian readers type in these matters -> the simplified ones of our texts.
_TRADITIONAL = str.maketrans(
    "報警擾騷圖臉換偽脫視頻聊發給傳洩漏攝像頭針裡號帳賬戶騙錢轉賣買脅嚇殺跟蹤監聽電話訊資料個證據證實護"
    "離婚處法條網絡際團體關係隱應對誰為麼嗎們說這樣幫願難無國醫療檢驗壓罵觸請從過還進遠邊單雙開門問間"
    "舉貼記錄刪除點擊連結鏈權範圍維務員動聯繫線聲響書寫買費貴壞馬來華語東億萬與產變異愛戀師學勞碼鎖謠誹謗",
    "报警扰骚图脸换伪脱视频聊发给传泄漏摄像头针里号帐账户骗钱转卖买胁吓杀跟踪监听电话讯资料个证据证实护"
    "离婚处法条网络际团体关系隐应对谁为么吗们说这样帮愿难无国医疗检验压骂触请从过还进远边单双开门问间"
    "举贴记录删除点击连结链权范围维务员动联系线声响书写买费贵坏马来华语东亿万与产变异爱恋师学劳码锁谣诽谤",
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_MARKS = "".join(chr(code) for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{_HAN}]")
_WORD = re.compile(f"[{_HAN}]+|(?:[^\\W_{_HAN}]+|[{_MARKS}]+)+")
_TAMIL = re.compile("[\u0b80-\u0bff]")
_PULLI = "\u0bcd"

# Words that say nothing about what happened. They count only where a query has no others.
_EMPTY_WORDS = frozenset(
    """
    a about all also am an and any anyone are as at be been but by can cant could d did didn didnt do does doesnt don
    dont for from get got had has have he her him his how i if im in into is isnt it its just ll m me my of on or our
    please pls really s she should so some someone somebody t than that the their them there they this to too u up ur
    us ve very was we were what when where which who why will with wont would you your

    ada adakah aku apa apakah awak bagaimana bagi boleh buat dah dan dari dengan dgn dia di diorang dlm dalam dorang
    gak ini itu ia ialah je jugak juga ka kan kat ke kena kepada kita korang la lah lagi macam macamana mcm mana mereka
    nak ni nk oleh orang org pada pastu pd pula pulak pun saya sgt sudah sy tak tgk tk tu untuk utk yang yg

    athu avan avar en enaku enakku ennai enna eppadi ennoda inga naan nu oru ungal
    என் என்னை என்னோட என்னுடைய எனக்கு நான் நாங்கள் அவன் அவர் அவள் அவங்க அந்த இந்த ஒரு என்று என எப்படி செய்வது என்ன இருந்து
    உள்ளது உள்ளன யாரோ பற்றி மற்றும் அல்லது வேண்டும் வேணும்
    """.split()  # noqa: SIM905 (a list of quoted words could not be read)
)
_EMPTY_HAN = re.compile("怎 么|怎 样|如 何|什 么|可 以|[吗呢吧啊了]")
# Characters that only join others: a pair with one of them is never a misspelt word.
_JOINING = frozenset("的了在是有到把被给我他她你们这那不会要就都也和对让又还很想能可个人")
# What a keyboard that goes by sound offers in place of one another, in the words of these matters.
_SAME_SOUND = frozenset(
    (one, other)
    for group in """
    照找召罩 拍怕柏帕派 踪宗总综 报保抱宝暴爆 骗片偏篇 索所锁 胁协斜 威微伪危为 聊撩料 裸落罗 账帐张
    盗到道 偷投头 吓下 换患 脸连 露录路 视是试事 诈炸 骚扫 扰绕 深身申 凌零灵 杀沙 私思司 密蜜
    泄谢 法发 证正政 据局举 截节接 删山 护互 强枪 奸间监 针真珍 摄设社 像向相象 毁悔 号好 警井景
    诽非 尾委 辱如 骂马 追锥 底低抵 律率 辅府 援缘员 庇必 恐孔 定订 卖买 勒了 屏平 冒帽 充冲
    """.split()  # noqa: SIM905 (as above)
    for one in group
    for other in group
)
_SUFFIXES = (
    "ations", "ation", "ings", "ing", "ment", "ers", "ens", "ed", "er", "es", "s",
    "kannya", "kan", "nya", "lah", "an",
)  # fmt: skip
_PREFIXES = ("menge", "meng", "mem", "men", "ber", "ter", "per", "di", "me")
# How Tamil nouns in -ம் end when they are many, or the object.
_M_ENDINGS = ("ங்கள", "ங்க", "த்தை", "த்தில", "த்தின", "த்துக்கு", "த்தோடு", "த்த")
_ROOT = 4


def fold(text: str) -> str:
    """One form for what looks or sounds the same: width, case, traditional characters, invisible characters."""
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return text.translate(_TRADITIONAL) if HAN.search(text) else text


def indexed(text: str) -> str:
    """A text as it goes into the index: folded, each Han character by itself."""
    return HAN.sub(r" \g<0> ", fold(text))


def words(text: str) -> list[str]:
    """The words of a text; a run of Han characters is one, with a space between each."""
    return _split(fold(text))


def _split(folded: str) -> list[str]:
    return [" ".join(word) if HAN.match(word) else word for word in _WORD.findall(folded)]


@dataclass(frozen=True)
class Term:
    """One thing to look for: ``forms`` are what counts, the most exact first. A text with more of them fits better."""

    word: str
    forms: tuple[str, ...]

    @property
    def match(self) -> str:
        """An FTS5 expression. Nothing but words gets between its quotes, so no query is ever syntax."""
        whole = [f'"{self.word}"'] if self.word == self.forms[0] and self.grows(self.word) else []
        return " OR ".join([*whole, *(f'"{form}"*' if self.grows(form) else f'"{form}"' for form in self.forms)])

    @staticmethod
    def grows(form: str) -> bool:
        """Whether longer words that begin like this count too; a Han phrase or two letters stand for themselves."""
        return not HAN.match(form) and len(form) > 2

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """What to look for in a line of spaced words."""
        return tuple(f" {form}" if self.grows(form) else f" {form} " for form in self.forms)

    def places(self, line: str) -> Iterator[int]:
        """Where a line of spaced words has it."""
        for sought in self.sought:
            place = line.find(sought)
            while place >= 0:
                yield place
                place = line.find(sought, place + 1)


def terms(query: str) -> list[Term]:
    """What a query asks for."""
    found = words(query[:LONGEST_QUERY])
    telling = [word for word in found if word not in _EMPTY_WORDS]
    some = list(dict.fromkeys(term for word in telling for term in _terms_of(word)))
    return some or list(dict.fromkeys(Term(word, _forms(word)) for word in found))


def _terms_of(word: str) -> list[Term]:
    if not HAN.match(word):
        return [Term(word, _forms(word))]
    return [Term(one, (one,)) for run in _EMPTY_HAN.split(word) for one in _pairs(run.split())]


def _pairs(run: list[str]) -> list[str]:
    """Two by two, as most Chinese words are, since nothing says where a word ends."""
    return [" ".join(pair) for pair in pairwise(run)] if len(run) > 1 else run


def spelt_by(term: Term, known: Iterable[Term]) -> bool:
    """Whether a Han pair is only where two words meet: one of its characters is in a pair that is known."""
    pairs = [one.word for one in known if HAN.match(one.word) and _JOINING.isdisjoint(one.word)]
    return bool(HAN.match(term.word)) and not set(term.word.split()).isdisjoint("".join(pairs))


def _forms(word: str) -> tuple[str, ...]:
    if _TAMIL.search(word):
        return _tamil_forms(word)
    forms = [word]
    if word.isascii() and len(word) > _ROOT:
        forms[1:] = [word[:-1]] if word.endswith("2") and not word.isdecimal() else []  # ramai2: twice
        forms += [word[: -len(end)] for end in _SUFFIXES if word.endswith(end) and len(word) - len(end) >= _ROOT][:1]
        forms += [
            forms[-1][len(one) :] for one in _PREFIXES if word.startswith(one) and len(forms[-1]) - len(one) >= _ROOT
        ][:1]
    return tuple(forms)


def _tamil_forms(word: str) -> tuple[str, ...]:
    """A Tamil word, its noun in -ம் where it may have one, and its root."""
    word = word.removesuffix(_PULLI)
    forms = [word]
    if len(word) > 3 and word[-1] in "கசதப" and word[-2:-1] not in ("", _PULLI):
        forms += [word[:-1]]  # a consonant that only leads over to the next word
    if word.endswith("ம") and len(word) > 2:
        forms += [word[:-1] + "ங்க", word[:-1] + "த்த"]
    for ending in _M_ENDINGS:
        if (place := word.find(ending, 2)) > 0:
            forms += [word[:place] + "ம"]
            break
    if len(word) > 3 and word[-1] in _MARKS:
        forms += [word[:-1]]  # a last vowel gives way to an ending
    return tuple(dict.fromkeys([*forms, _tamil_root(word)]))


def _tamil_root(word: str) -> str:
    """The beginning of a Tamil word that its endings leave alone, cut where a syllable may go on."""
    length = max(_ROOT, int(len(word) * 0.45))
    if word[length - 1 : length] == _PULLI:
        length += 1
    root = word[:length]
    return root[:-1] if len(root) > _ROOT and root[-1] in _MARKS else root


def is_part_of_word(character: str) -> bool:
    return character.isalnum() or character in _MARKS


class Vocabulary:
    """The words that an index knows, for setting misspelt ones right."""

    def __init__(self, counts: Counter[str], phrases: Iterable[str]) -> None:
        self.counts = counts
        self._sorted = sorted(self.counts)
        self._phrases = Counter(phrases)

    def knows(self, term: Term) -> bool:
        """Whether a word, or one that begins with one of its forms, is known."""
        return any(self._beginning(form) if term.grows(form) else form in self.counts for form in term.forms)

    def count(self, term: Term) -> int:
        """In about how many pages a term is."""
        if HAN.match(term.word):
            return min(self.counts[one] for one in term.word.split())
        return sum(self.counts[one] for form in term.forms for one in self._beginning(form))

    def near(self, word: str, least: float, limit: int = 3) -> list[str]:
        """The known words that are spelt most like it, the nearest first; ``least`` of 1 is the same spelling."""
        if HAN.match(word):
            return self._near_han(word, limit)
        if len(word) < _ROOT:
            return []
        shared = Counter(one for part in _trigrams(word) for one in self._by_trigram.get(part, ()))
        scored = [(_alike(word, one), self.counts[one], one) for one, _ in shared.most_common(40)]
        best = sorted((one for one in scored if one[0] >= least), reverse=True)
        return [one for ratio, _, one in best[:limit] if ratio >= best[0][0] - 0.06]

    def _beginning(self, form: str) -> list[str]:
        """The known words that begin like this."""
        first = bisect_left(self._sorted, form)
        return self._sorted[first : bisect_left(self._sorted, form + "\U0010ffff", first)]

    def _near_han(self, word: str, limit: int) -> list[str]:
        """Two characters that sound the same and are in the phrases; else phrases with another in one's place."""
        if len(word) != len("a b") or not _JOINING.isdisjoint(word):
            return []
        near = self._pairs[word[:2]] + self._pairs[word[1:]]
        same = [(count, one) for one, count in near.items() if _sound_alike(word, one)]
        if same:
            return [max(same)[1]]
        whole = [(one[0] == word[0], self._phrases[one], one) for one in near if one in self._phrases]
        return [one for _, _, one in sorted(whole, reverse=True)[:limit]]

    @cached_property
    def _pairs(self) -> defaultdict[str, Counter[str]]:
        """Any two neighbours in the phrases, and in how many, by the first with its space and by the second."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for phrase, count in self._phrases.items():
            for one, other in pairwise(HAN.findall(phrase)):
                found[f"{one} "][f"{one} {other}"] += count
                found[f" {other}"][f"{one} {other}"] += count
        return found

    @cached_property
    def _by_trigram(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for word in self._sorted:
            if len(word) >= _ROOT and not word.isdecimal():
                for part in _trigrams(word):
                    found[part].append(word)
        return found


def _sound_alike(pair: str, other: str) -> bool:
    """Whether the characters in which two pairs differ sound the same."""
    return all(a == b or (a, b) in _SAME_SOUND for a, b in zip(pair, other, strict=True))


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _alike(word: str, other: str) -> float:
    """How alike two spellings are; people get the first letter right."""
    return SequenceMatcher(None, word, other, autojunk=False).ratio() - (0.1 if word[0] != other[0] else 0)


def spaced(*texts: str) -> list[str]:
    """Each text as one line of words with a space on each side, for ``Term.places``; folded in one go, to be fast."""
    return [f" {' '.join(_split(line))} " for line in fold("\n".join(texts)).split("\n")]


def size(line: str) -> int:
    """How many terms a line of spaced words would make."""
    found = [word for word in line.split() if word not in _EMPTY_WORDS]
    return max(1, len(found) - any(map(HAN.match, found)))
