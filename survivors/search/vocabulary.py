"""The words that an index knows: as they are, as they begin, as they sound, and as they may have been meant."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cached_property

from survivors.search.hearing import chat, tamil
from survivors.search.hearing.pinyin import Sounds
from survivors.search.spelling import is_real_word
from survivors.search.words import HAN, Term, forms

_MOST_ALIKE = 8
_MOST_LIKE_A_ROOT = 12
_MOST_NEAR = 3
_SHORTEST_MISSPELT = 5
_SHORTEST_ROOT = 4
_ALIKE_ENOUGH = 0.06


class Vocabulary:
    """``counts`` says in how many pages a word is, ``phrases`` are the runs of Han characters that pages go by."""

    def __init__(self, counts: Counter[str], phrases: Iterable[str], has_phrase: Callable[[str], bool]) -> None:
        self.counts = counts
        self.has_phrase = has_phrase
        self.sounds = Sounds(phrases)
        self._sorted = sorted(counts)

    def prepare(self) -> None:
        """Makes the lists by sound and spelling, so that no reader waits for them."""
        for one in (self._by_tamil_key, self._tamil_keys, self._by_skeleton, self._by_chat_key, self._by_trigram):
            len(one)

    def stands(self, word: str) -> bool:
        """Whether a word is there as it is, or without its ending."""
        found = forms(word)
        if tamil.is_tamil(word):
            return any(self._beginning(form) for form in found)
        return any(form in self.counts for form in found)

    def grows(self, word: str) -> bool:
        """Whether a longer word begins like this."""
        return any(Term.grows(form) and self._beginning(form) for form in forms(word))

    def count(self, term: Term) -> int:
        """In about how many pages a term is."""
        counted = sum(self.counts[one] for one in term.exact)
        for form in term.forms:
            if HAN.match(form):
                counted += min(self.counts[one] for one in form.split())
            else:
                counted += sum(self.counts[one] for one in self._beginning(form))
        return counted

    def in_tamil(self, word: str) -> list[str]:
        """The words, in either script, that sound the same in Tamil; a known Latin word only calls Tamil ones."""
        same = [one for key in tamil.keys(word) for one in self._by_tamil_key.get(key, [])]
        known = word in self.counts
        return self._frequent(one for one in same if one != word and (not known or tamil.is_tamil(one)))

    def in_tamil_by_root(self, word: str) -> list[str]:
        """The Tamil words that begin with the same sounds."""
        for root in tamil.roots(tamil.key(word)):
            first = bisect_left(self._tamil_keys, root)
            last = bisect_left(self._tamil_keys, root + "\U0010ffff", first)
            if len(root) >= _SHORTEST_ROOT and first < last:
                found = (one for key in self._tamil_keys[first:last] for one in self._by_tamil_key[key])
                return self._frequent(found, _MOST_LIKE_A_ROOT)
        return []

    def in_tamil_by_skeleton(self, word: str) -> list[str]:
        """The Tamil words with the same consonants, which people who hear other vowels may mean."""
        bones = tamil.skeleton(tamil.key(word))
        return self._frequent(self._by_skeleton.get(bones, []), _MOST_ALIKE) if len(bones) > 3 else []

    def in_chat(self, word: str) -> list[str]:
        """The Latin words that are typed like this in chats."""
        return self._frequent(self._by_chat_key.get("=" + chat.key(word), []))

    def without_vowels(self, typed: str) -> list[str]:
        """The Latin words that are left with these consonants when their vowels are dropped: of gmbr, gambar.

        Those with every letter that was typed go before those that only sound so: jwb is jawab, not job.
        """
        bones = chat.skeleton(typed)
        same = self._by_chat_key.get("-" + bones, []) if len(typed) > 2 else []
        found = [one for one in same if _holds(one, typed)] or (same if len(bones) > 2 else [])
        return self._frequent(found, 3)

    def near(self, word: str, least: float) -> list[str]:
        """The known words that are spelt most like it, the nearest first; a real word is never a misspelt one."""
        if len(word) < _SHORTEST_MISSPELT or is_real_word(word) or not word.isalpha():
            return []
        shared = Counter(one for part in sorted(_trigrams(word)) for one in self._by_trigram.get(part, ()))
        scored = [(_alike(word, one), self.counts[one], one) for one, _ in shared.most_common(40)]
        best = sorted((one for one in scored if one[0] >= least), reverse=True)
        return [one for ratio, _, one in best[:_MOST_NEAR] if ratio >= best[0][0] - _ALIKE_ENOUGH]

    def _frequent(self, found: Iterable[str], limit: int = _MOST_ALIKE) -> list[str]:
        return sorted(set(found), key=lambda one: (-self.counts[one], one))[:limit]

    def _beginning(self, form: str) -> list[str]:
        """The known words that begin like this."""
        first = bisect_left(self._sorted, form)
        return self._sorted[first : bisect_left(self._sorted, form + "\U0010ffff", first)]

    @cached_property
    def _by_tamil_key(self) -> dict[str, list[str]]:
        """Where the guide is in Tamil; elsewhere a few Tamil keywords make no vocabulary."""
        if sum(map(tamil.is_tamil, self._sorted)) * 3 < len(self._sorted):
            return {}
        found = defaultdict(list)
        for word in self._sorted:
            for key in tamil.keys(word) if not word.isdecimal() else ():
                found[key].append(word)
        found.pop("", None)
        return dict(found)

    @cached_property
    def _tamil_keys(self) -> list[str]:
        return sorted(self._by_tamil_key)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key, words in self._by_tamil_key.items():
            found[tamil.skeleton(key)] += words
        return dict(found)

    @cached_property
    def _by_chat_key(self) -> defaultdict[str, list[str]]:
        found = defaultdict(list)
        for word in self._sorted:
            if word.isascii() and word.isalpha() and len(word) > 2:
                found["=" + chat.key(word)].append(word)
                found["-" + chat.skeleton(word)].append(word)
        return found

    @cached_property
    def _by_trigram(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for word in self._sorted:
            if len(word) >= _SHORTEST_MISSPELT - 1 and not word.isdecimal():
                for part in _trigrams(word):
                    found[part].append(word)
        return found


def _holds(word: str, typed: str) -> bool:
    """Whether a word has all letters that were typed, in their order."""
    letters = iter(word)
    return all(letter in letters for letter in typed)


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _alike(word: str, other: str) -> float:
    """How alike two spellings are; people get the first letter right."""
    return SequenceMatcher(None, word, other, autojunk=False).ratio() - (0.1 if word[0] != other[0] else 0)
