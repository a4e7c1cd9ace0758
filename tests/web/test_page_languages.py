"""Pages speak the language that is asked for; what answers and articles say keeps its own."""

import pytest
from test_start_and_answer_pages import Page, page

from web.catalogues import CATALOGUES
from web.spoken import language_of, preferred

STUDY = "Which is better for studying?"
PATHS = ("/", f"/?q={STUDY}", "/?q=what about cocoa?", "/articles", "/articles/cafe", "/compare")
HTML = {"Accept": "text/html"}


def german(client, path):
    return client.get(path, headers={**HTML, "Accept-Language": "de-AT,de;q=0.9,en;q=0.1"})


def chosen(client, path):
    joined = f"{path}{'&' if '?' in path else '?'}lang=de"
    return Page(client.get(joined, headers={**HTML, "Accept-Language": "en"}))


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-CH", "de"),
        ("DE-ch", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr,de;q=0.5,en;q=0.4", "de"),
        ("fr, ja", "en"),
        ("de;q=0", "en"),
        ("de;q=zebra", "en"),
        ("*", "en"),
        (",;,=;q=", "en"),
        ("de," * 100_000, "de"),
    ],
)
def test_the_language_is_what_the_browser_prefers(header, code):
    assert preferred(header).code == code


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_all_in_the_language_of_its_reader(client, path):
    told = Page(german(client, path))
    assert told.all("html") == [{"lang": "de"}]
    assert "Zum Inhalt springen" in told.texts("a")
    assert "Fragen" in told.texts("a")
    again = Page(client.get(path, headers=HTML))
    assert again.all("html") == [{"lang": "en"}]
    assert "Skip to the content" in again.texts("a")


@pytest.mark.parametrize("path", PATHS)
def test_a_language_that_was_chosen_goes_along_with_every_link_and_form(client, path):
    shown = chosen(client, path)
    assert shown.all("html") == [{"lang": "de"}]
    hrefs = [link.get("href", "") for link in shown.all("a")]
    pages = [each for each in hrefs if each.startswith("/") and "/compare?format=" not in each]
    assert len(pages) > 3
    assert all("lang=de" in href for href in pages)
    forms = [form for form in shown.all("form") if form["method"] == "get"]
    assert shown.hidden().count(("lang", "de")) == len(forms)


def test_a_preferred_language_needs_no_parameter(client):
    shown = Page(german(client, f"/?q={STUDY}"))
    assert not [link["href"] for link in shown.all("a") if "lang=de" in link.get("href", "")]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_offers_the_other_languages_with_all_it_was_asked(client, path):
    shown = chosen(client, path)
    (english,) = [link for link in shown.all("a") if link.get("hreflang") == "en"]
    assert english["lang"] == "en"
    assert english["href"].startswith("?") and english["href"].endswith("lang=en")
    answer = page(client, "/", q=STUDY, given="daytime:evening", lang="de")
    href = next(link["href"] for link in answer.all("a") if link.get("hreflang") == "en")
    assert "given=daytime%3Aevening" in href and "lang=de" not in href


def test_what_an_answer_says_is_marked_as_english(client):
    shown = Page(german(client, f"/?q={STUDY}"))
    told = client.get("/ask", params={"q": STUDY}).json()["guidance"]
    for text in (told["headline"], told["confidence_because"], told["reasons"][0]["text"]):
        spans = [
            attrs
            for (tag, attrs), words in zip(shown.elements, shown._texts, strict=True)
            if tag == "span" and " ".join(words.split()) == text
        ]
        assert {"lang": "en"} in spans
    assert all(quote.get("lang") == "en" for quote in shown.all("blockquote"))


def test_the_choices_that_are_offered_stay_english(client):
    shown = Page(german(client, "/?q=Which drink is the better one?"))
    lists = [attrs for attrs in shown.all("ul") if attrs.get("class") == "choices"]
    assert lists and all(attrs["lang"] == "en" for attrs in lists)


def test_the_language_of_an_article_is_told_by_its_small_words():
    assert language_of("Tea is what you drink when there is no time for the other thing.") == "en"
    assert language_of("Tee ist das, was man trinkt, wenn für anderes keine Zeit ist.") == ""
    assert language_of("茶はとてもおいしいです。") == ""
    assert language_of("") == ""


def test_caches_are_told_that_the_language_decides(client):
    for path in PATHS:
        assert "Accept-Language" in client.get(path, headers=HTML).headers["vary"]


def test_an_unknown_language_is_let_pass(client):
    assert page(client, "/", q=STUDY, lang="xx").all("html") == [{"lang": "en"}]


def test_a_failure_is_told_in_the_language_of_its_reader(client):
    shown = Page(german(client, "/?q="))
    assert shown.texts("h1") == ["Diese Frage kann nicht gestellt werden"]
    assert [attrs["lang"] for attrs in shown.all("p") if attrs.get("role") == "alert"] == ["en"]
    assert set(CATALOGUES) == {"de", "en"}
