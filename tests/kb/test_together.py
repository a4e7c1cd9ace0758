"""Sets of phrases looked for in one pass find what each of them finds alone, in parts as well."""

from hypothesis import given
from hypothesis import strategies as st

from kb.phrases import Phrases
from kb.together import Whole, together
from kb.words import atoms

WORD = st.sampled_from(["green", "tea", "teas", "pot", "black", "coffee", "of", "the", "greentea"])
TEXT = st.lists(WORD, max_size=12).map(" ".join)
LISTED = st.lists(st.lists(TEXT.map(lambda text: text[:20]), max_size=6), min_size=1, max_size=4)


@given(TEXT, TEXT, LISTED, st.integers(0, 12), st.integers(0, 12))
def test_sets_find_together_what_they_find_alone(
    text: str, other: str, listed: list[list[str]], first: int, last: int
) -> None:
    alone = [Phrases((phrase, phrase) for phrase in each) for each in listed]
    shared = [Phrases((phrase, phrase) for phrase in each) for each in listed]
    together(shared, of=Whole)
    whole, strange = Whole(atoms(text)), atoms(other)
    for words in (whole, whole[first:last], list(whole[first:last]), strange, whole):
        assert [each.find(words) for each in shared] == [each.find(words) for each in alone]
