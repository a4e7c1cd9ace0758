"""Articles that are forgotten: `kb remove --forget`."""

from collections.abc import Iterator, Sequence

from kb.cli.output import counted, put
from kb.cli.program import name_of, say
from kb.errors import UnknownArticleError
from kb.extract.raw import printable
from kb.history import Thing
from kb.sqlite.forgetting import Forgotten
from kb.store import Store


def forget_all(store: Store, ids: Sequence[str], *, as_json: bool) -> None:
    """Forget articles, and print what was; if one was never there, none is forgotten.

    Raises:
        UnknownArticleError: there is none of an id, and none was there before.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > 1:
        _check_known(store, wanted)
    found = {id: store.forget_article(id) for id in wanted}
    document = [
        {"article": id, "stood": each.stood, "revisions": each.revisions}
        for id, each in found.items()
    ]
    copies = next(reversed(found.values())).copies
    lines = [line for id, each in found.items() for line in _lines(id, each)]
    put({"forgotten": document, "copies": [str(each) for each in copies]}, lines, as_json=as_json)
    if copies:
        say(f"These copies may hold it still: {', '.join(map(name_of, copies))}.")


def _check_known(store: Store, ids: Sequence[str]) -> None:
    with store.read() as snapshot:
        history = snapshot.history()
        for id in ids:
            thing = Thing("article", id)
            if not history.state(thing) and not history.revisions(thing=thing, limit=1):
                raise UnknownArticleError(
                    f"There is no article {printable(id)}, and there was none.",
                    remedy="`kb list` shows the ids, and `kb history` what was removed.",
                )


def _lines(id: str, forgotten: Forgotten) -> Iterator[str]:
    if not forgotten.stood and not forgotten.revisions:
        yield f"nothing of {id} was left; the file is compacted"
        return
    yield f"forgot {id} with {counted(forgotten.revisions, 'revision')}"
