"""Which addresses of articles a reader may follow."""

import pytest

from web.links import outside


@pytest.mark.parametrize("url", ["https://cafe.example/desk", "http://cafe.example:8080/?a=b#c"])
def test_web_addresses_are_followed(url):
    assert outside(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,tea",
        "ftp://cafe.example/",
        "//cafe.example/",
        "https://",
        "http://[::1",
        "https://cafe.example:99999/",
        "https://cafe.example:tea/",
    ],
)
def test_what_no_browser_could_open_safely_is_not_followed(url):
    assert outside(url) == ""
