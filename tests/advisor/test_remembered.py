from advisor.remembered import Remembered
from kb.evidence import collect
from kb.topic import Topic


def test_values_are_kept_for_the_very_same_evidence_only(topic: Topic) -> None:
    kept = Remembered[str, int](2)
    before, after = collect(()), collect(())
    kept.keep(topic, before, "a", 1)
    assert kept.get(topic, before, "a") == 1
    assert kept.get(topic, after, "a") is None
    kept.keep(topic, after, "a", 2)
    assert kept.get(topic, after, "a") == 2
    assert kept.get(topic, before, "a") is None


def test_no_more_is_kept_than_asked_for(topic: Topic) -> None:
    kept, evidence = Remembered[str, int](2), collect(())
    for value, key in enumerate("abc"):
        kept.keep(topic, evidence, key, value)
    assert [kept.get(topic, evidence, key) for key in "abc"] == [None, None, 2]
