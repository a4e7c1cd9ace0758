"""What publishers say of themselves: "our experts know X" praises no option."""

from kb.claims.context import places
from kb.claims.cues import cues
from kb.claims.units import Unit
from kb.topic import Topic

_SUBJECT = 5  # first words of a clause among which its subject stands
_NEAR = 3  # words between "in" and the option that something is good at: "in the web framework X"
_JOINING = frozenset(("with", "in", "of", "on", "for", "around", "using", "behind"))


def is_of_the_speaker(clause: Unit, topic: Topic) -> bool:
    """True for a clause on how good its writers are, that names an option as what they are good at.

    What they went through with it ("our team was quick with X") says something of the option.
    """
    words = [word.text for word in clause.words]
    speaks = next((at for at, word in enumerate(words[:_SUBJECT]) if word in cues().speakers), -1)
    if speaks < 0 or not cues().competences.intersection(words):
        return False
    if cues().experiences.intersection(words):
        return False
    options = [f.first for f in places(clause.words, topic) if f.meaning.kind == "option"]
    return all(
        at > speaks and not _JOINING.isdisjoint(words[max(speaks, at - _NEAR) : at])
        for at in options
    )
