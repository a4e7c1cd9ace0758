"""Pages and their files are packed for whoever can unpack, and within what they may weigh."""

import gzip

import pytest

from web.assets import ASSETS

STUDY = "/?q=Which+is+better+for+studying%3F"
HTML = {"Accept": "text/html"}


def raw(client, path, encoding):
    headers = {**HTML, "Accept-Encoding": encoding}
    with client.stream("GET", path, headers=headers) as reply:
        return reply, b"".join(reply.iter_raw())


@pytest.mark.parametrize("path", ["/", STUDY, "/articles/cafe", "/compare", "/static/page.css"])
def test_what_is_packed_says_the_same(client, path):
    packed, body = raw(client, path, "br, gzip;q=0.8")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(body)
    plain, text = raw(client, path, "identity")
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(body) == text
    assert len(body) < len(text) / 2
    for reply in (plain, packed):
        assert "Accept-Encoding" in reply.headers["vary"]


@pytest.mark.parametrize("encoding", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0", "xgzip"])
def test_who_cannot_unpack_gets_it_plain(client, encoding):
    assert "content-encoding" not in raw(client, STUDY, encoding)[0].headers


def test_what_is_held_already_is_not_sent_again_whichever_way_it_came(client):
    for encoding in ("gzip", "identity"):
        tag = raw(client, STUDY, encoding)[0].headers["etag"]
        for other in ("gzip", "identity"):
            headers = {"If-None-Match": tag, "Accept-Encoding": other}
            assert client.get(STUDY, headers=headers).status_code == 304


def test_the_same_page_is_the_same_bytes(client):
    assert raw(client, STUDY, "gzip")[1] == raw(client, STUDY, "gzip")[1]


def test_styles_are_below_12_kb_and_the_script_below_8():
    assert len(ASSETS["page.css"].content) < 12_000
    assert len(ASSETS["page.js"].content) < 8_000


def test_a_first_answer_weighs_less_than_30_kb_with_all_it_needs(client):
    paths = (STUDY, "/static/page.css", "/static/page.js", "/static/icon.svg")
    assert sum(len(raw(client, path, "gzip")[1]) for path in paths) < 30_000
