"""Questions about the articles themselves: who wrote them, whether they agree, what is alike."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from advisor.cues import cues
from advisor.leads import named
from advisor.model import AboutArticles, Disagreement, Guidance, Reason, Side
from advisor.phrasing import article_count, in_words, labels_of, listed, subject_label
from advisor.reasons import Case, stated
from advisor.said import Said, sentences
from advisor.spotting import Spotted
from kb.disagreements import Conflict, conflicts
from kb.evidence import Evidence, Subject
from kb.model import Article, Claim, Passage, Stance
from kb.store import Snapshot
from kb.words import atoms

_MOST_ALIKE = 8
_MOST_DISAGREEMENTS = 5
_MOST_LABELS = 6
_MOST_LISTED = 30  # articles that are described
_OPENING = 4  # passages in which an article says what it is about
_STANCES: tuple[Stance, ...] = ("for", "against")
_STORED = "This is what is stored of the articles, with words of their own."
_COMPARED = "All statements of the articles on it were compared."
_ALIKE = "Sentences of the section on what is alike, in its own words."


def asked_about_articles(spotted: Spotted) -> AboutArticles:
    """Return what is asked about the articles, "" when something else is asked."""
    words, named_articles = spotted.words, spotted.says("articles")
    if named_articles and spotted.says("agreeing") and not spotted.options:
        return "agreement"
    if spotted.says("in_common") and not spotted.needs and len(spotted.options) != 1:
        return "common"
    if spotted.options or spotted.needs or spotted.conditions:
        return ""
    if cues().has("about_articles", words) and not (spotted.focus or spotted.outside):
        return "list"
    return "list" if named_articles and spotted.says("asked_of_articles") else ""


def guide_to_articles(case: Case, evidence: Evidence, snapshot: Snapshot) -> Guidance | None:
    """Return what is stored about the articles, None when they have nothing to tell of it."""
    kind = case.reading.articles
    if kind == "agreement":
        return _agreement(case, evidence)
    return _common(case, snapshot) if kind == "common" else _list(case, snapshot)


def _list(case: Case, snapshot: Snapshot) -> Guidance:
    """Return who wrote each article and when, what it gains, and how it opens.

    Of very many articles the first ones are described, and the others counted.
    """
    articles = case.articles.all()
    told, more = articles[:_MOST_LISTED], len(articles) - _MOST_LISTED
    about = labels_of(case.topic.option_ids, case.topic)
    named = [_named(each, case) for each in told]
    names = listed([*named, f"{more:,} more"] if more > 0 else named)
    interested = sum(each.metadata.interest is not None for each in articles)
    minded = f" {_capital(in_words(interested))} of the publishers have an interest." * (
        interested > 1
    )
    return _guidance(
        case,
        f"All that is said here comes from {article_count(len(articles))} on {about}: {names}."
        + minded,
        _STORED,
        [_described(each, snapshot.passages(each.id), case) for each in told],
    )


def _named(article: Article, case: Case) -> str:
    """Return "Acme (First Last, 2024-03-26)", as far as it is known."""
    known = [part for part in (article.metadata.author, article.metadata.published) if part]
    name = case.articles.name(article.id)
    return f"{name} ({', '.join(known)})" if known else name


def _described(article: Article, passages: Sequence[Passage], case: Case) -> Reason:
    metadata = article.metadata
    parts = [f"“{metadata.title}”" if metadata.title else article.id]
    parts += [metadata.publisher] if metadata.publisher else []
    parts += [f"by {metadata.author}"] if metadata.author else []
    parts.append(f"published {metadata.published}" if metadata.published else "undated")
    opening = _opening(passages, case)
    text = ", ".join(parts)
    citations = [case.citing.quote(opening[0], opening[1].span)] if opening else []
    for citation in citations:
        text += f": “{_plain(citation.quote)}”"
    if metadata.interest is not None:
        case.minded.add(metadata.interest.text)
        text += f" (Mind the interest: {metadata.interest.text.rstrip('.')}.)"
    return Reason(f"{text}.", "", "", "", tuple(citations))


def _opening(passages: Sequence[Passage], case: Case) -> tuple[Passage, Said] | None:
    """Return the sentence in which an article says what it is about, or else its first one."""
    prose = [each for each in passages if each.kind == "prose"][:_OPENING]
    every = [(passage, said) for passage in prose for said in sentences(passage, case.topic)]
    of_itself = (pair for pair in every if cues().has("tells_of_itself", pair[1].words))
    return next(of_itself, every[0] if every else None)


def _agreement(case: Case, evidence: Evidence) -> Guidance:
    """Return where articles contradict one another, on what was asked for or at all."""
    subjects = list(named(case.reading))
    every = conflicts(evidence.claims, case.topic.wholes)
    found: dict[tuple[Subject, tuple[str, ...]], Conflict] = {}
    for each in every:
        bears = not subjects or each.subject in subjects
        if each.plain and each.between == "articles" and bears:
            found.setdefault((each.subject, each.about), each)
    disputed = list(found.values())
    if subjects:
        head = _agreed_on(subjects, disputed, case, evidence)
    else:
        head = _agreed_at_all(disputed, case, evidence)
    hard_first = sorted(disputed, key=lambda each: each.strength != "hard")
    guidance = _guidance(case, head, _COMPARED, list(_each_says(subjects, case, evidence)))
    shown = tuple(_disagreement(each, case) for each in hard_first[:_MOST_DISAGREEMENTS])
    return replace(guidance, disagreements=shown)


def _agreed_on(
    subjects: Sequence[Subject], disputed: Sequence[Conflict], case: Case, evidence: Evidence
) -> str:
    what = listed([subject_label(each, case.topic) for each in subjects])
    speakers = frozenset[str]().union(*(evidence.heard.articles(each) for each in subjects))
    counted = article_count(len(speakers))
    if len(speakers) < 2:
        return f"{'Only one' if speakers else 'No'} article speaks of {what}."
    if any(each.strength == "hard" for each in disputed):
        return f"No: the articles contradict one another on {what}."
    if disputed:
        return f"Not wholly: on {what} they differ, though not flatly."
    return f"Yes: of the {counted} that speak of {what}, none contradicts another."


def _agreed_at_all(disputed: Sequence[Conflict], case: Case, evidence: Evidence) -> str:
    topic = case.topic
    shared = [each.id for each in topic.criteria if len(evidence.heard.articles(each.id)) > 1]
    hard = {each.criterion for each in disputed if each.strength == "hard" and each.criterion}
    soft = {each.criterion for each in disputed if each.criterion} - hard
    level = len(set(shared) - hard - soft)
    if not disputed:
        return "The articles contradict one another nowhere."
    flatly = [subject_label(id, topic) for id in shared if id in hard][:_MOST_LABELS]
    head = (
        f"Not on everything: they contradict one another on {listed(flatly)}"
        if flatly
        else ("They contradict one another nowhere flatly")
    )
    return (
        f"{head}; on {in_words(len(soft))} more they differ in part, and on {in_words(level)} of "
        f"the {len(shared)} points that several speak of, not at all."
    )


def _each_says(subjects: Sequence[Subject], case: Case, evidence: Evidence) -> Iterator[Reason]:
    whole = replace(case, weighed=case.weighed.over(evidence))
    for subject in subjects:
        for option in case.topic.option_ids:
            for stance in _STANCES:
                yield from stated(subject, option, stance, whole, most=2)


def _disagreement(conflict: Conflict, case: Case) -> Disagreement:
    sides = (_side(conflict.first, case), _side(conflict.second, case))
    return Disagreement(conflict.criterion, conflict.between, conflict.strength, sides)


def _side(claim: Claim, case: Case) -> Side:
    cited = case.citing.cite(claim)
    return Side("+".join(claim.about), claim.stance, cited.quote, cited)


def _common(case: Case, snapshot: Snapshot) -> Guidance | None:
    """Return what the passages of a section on what is alike begin with, each below a heading."""
    sections = snapshot.headings(case.topic.id)
    articles = {
        id for path, ids in sections.items() if any(map(_is_on_likeness, path)) for id in ids
    }
    section = [
        passage
        for article in sorted(articles)
        for passage in snapshot.passages(article)
        if passage.kind != "code" and any(map(_is_on_likeness, passage.headings))
    ]
    parts = [each for each in section if not _is_on_likeness(each.headings[-1])]
    told = []
    for passage in parts or section:
        said = next(iter(sentences(passage, case.topic)), None)
        if said is not None and len(said.options) == len(case.topic.option_ids):
            citation = case.citing.quote(passage, said.span)
            text = f"“{_plain(citation.quote)}” ({case.articles.name(passage.article)})."
            told.append(Reason(text, "", "", "", (citation,)))
    if not told:
        return None
    about = labels_of(case.topic.option_ids, case.topic)
    head = f"What {about} have in common, in the articles' words."
    return _guidance(case, head, _ALIKE, told[:_MOST_ALIKE])


@lru_cache(maxsize=1024)  # many passages stand under one heading
def _is_on_likeness(heading: str) -> bool:
    words = tuple(atoms(heading))
    return cues().has("in_common", words) and not cues().has("differing", words)


def _guidance(case: Case, head: str, because: str, reasons: Sequence[Reason]) -> Guidance:
    return Guidance(
        "no_verdict", "", head, "medium", because, tuple(reasons), trace=case.weighed.trace
    )


def _plain(quote: str) -> str:
    return quote.rstrip(" .;,")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
