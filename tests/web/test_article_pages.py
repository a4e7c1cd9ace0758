"""An article is shown whole, each passage under its own anchor, what was set aside marked."""

from kb.model import Article, Block, Metadata, Passage
from web.articles import stretches


def article(text: str) -> Article:
    return Article("a", "drinks", "", text, Metadata(title="A"))


def passage(text: str, part: str) -> Passage:
    start = text.index(part)
    return Passage(f"a-{start}", "a", start, start + len(part), part)


TEXT = "Tea\n\nTea calms.\n\nSubscribe now!\n\nCoffee wakes."


def shown(cited=(0, 0)):
    aside = Block("aside", TEXT.index("Sub"), TEXT.index("Sub") + 14, aside="an advert")
    parts = [passage(TEXT, "Tea calms."), passage(TEXT, "Coffee wakes.")]
    return stretches(article(TEXT), parts, [aside], cited=cited)


def text(stretch):
    return "".join(piece.text for part in stretch.parts for piece in part.pieces)


def marked(cited):
    parts = [part for stretch in shown(cited) for part in stretch.parts]
    return [piece.text for part in parts for piece in part.pieces if piece.quoted]


def test_nothing_is_left_out_and_nothing_told_twice():
    texts = [text(stretch) for stretch in shown()]
    assert texts == ["Tea\n\n".rstrip(), "Tea calms.", "Subscribe now!", "Coffee wakes."]


def test_each_part_says_what_it_is():
    assert [(part.kind, part.id, part.reason) for part in shown()] == [
        ("between", "", ""),
        ("prose", "a-5", ""),
        ("aside", "", "an advert"),
        ("prose", "a-33", ""),
    ]


def test_the_cited_words_are_marked_wherever_they_stand():
    start = TEXT.index("wakes")
    assert marked((start, start + 5)) == ["wakes"]
    assert marked((0, 12)) == ["Tea", "Tea cal"]


def test_the_header_of_a_table_is_no_heading():
    table = "Prices\n\nDrink | Tea\nPrice | low"
    start = table.index("Price |")
    row = Passage("a-1", "a", start, len(table), table[start:], kind="table")
    found = stretches(article(table), [row], [], cited=(0, 0))
    assert [(each.kind, text(each)) for each in found] == [
        ("between", "Prices"),
        ("columns", "Drink | Tea"),
        ("table", "Price | low"),
    ]


def test_passages_that_overlap_are_cut_not_repeated():
    overlapping = [passage(TEXT, "Tea calms."), passage(TEXT, "calms.")]
    found = stretches(article(TEXT), overlapping, [], cited=(0, 0))
    assert "".join(map(text, found)).count("calms") == 1


def test_the_list_names_every_article(client):
    listed = client.get("/articles").text
    for title in ("What to drink at the desk", "In praise of leaves", "Plain water"):
        assert title in listed


def test_strange_ranges_do_no_harm(client):
    for query in ("?from=-5&to=3", "?from=9&to=1", f"?from=0&to={10**30}"):
        assert client.get(f"/articles/cafe{query}").status_code == 200
    assert client.get("/articles/cafe?from=zebra").status_code == 422
