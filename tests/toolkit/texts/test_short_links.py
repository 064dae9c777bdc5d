"""A short link says nothing of where it leads, and leads there for ever."""

from toolkit.texts.lasting.short_links import ALPHABET, code_of


def test_a_code_is_five_characters_that_make_no_word_and_are_not_taken_for_others():
    for path in ("", "types/fake-images", "platforms/stopncii"):
        for anchor in ("", "do-first", "more"):
            assert len(code := code_of(path, anchor)) == 5 and set(code) <= set(ALPHABET)
    assert not set(ALPHABET) & set("aeiouy0134l5") and ALPHABET.islower()


def test_codes_that_were_printed_are_the_same_for_ever():
    printed = {("", ""): "ffngn", ("types/outing", ""): "sgc7n", ("types/outing", "do-first"): "9zd7s"}
    assert {place: code_of(*place) for place in printed} == printed
