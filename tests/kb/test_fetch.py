"""Fetching: real servers on the loopback, and addresses that are refused before any connection."""

import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path
from socketserver import TCPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnreadableInputError
from kb.extract.addresses import may_contact
from kb.extract.fetch import fetch_url
from kb.extract.raw import Source
from kb.extract.source import read_source

PAGE = b"<h1>Tea</h1>"


def answer(handler: "Handler", body: bytes = PAGE, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "text/html", **headers}.items():
        if value:
            handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def missing(handler: "Handler") -> None:
    answer(handler, status=404)


def endless(handler: "Handler", piece: bytes, pause: float = 0.0) -> None:
    while not handler.server.closing.wait(pause):
        handler.wfile.write(piece)


def redirect(location: str, status: int = 302) -> "Route":
    return lambda handler: answer(handler, b"", status, Location=location)


def raw(text: bytes) -> "Route":
    def write(handler: Handler) -> None:
        handler.wfile.write(text)

    return write


class Handler(BaseHTTPRequestHandler):
    """Answers as the route of the path says; 404 without one."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.routes.get(self.path, missing)(self)

    def log_message(self, format: str, *args: object) -> None:
        return None


Route = Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    """Serves `routes`, counts connections, and remembers what was asked."""

    daemon_threads = False  # so that closing waits for the answers under way

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {"/": answer}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self.closing = threading.Event()

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's looks up the name of the address, slow on macOS

    def process_request(self, request: object, client_address: object) -> None:
        self.connections += 1
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def handle_error(self, request: object, client_address: object) -> None:
        return None

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.server_address[1]}{path}"

    def fetch(self, path: str = "/", *, limit: int = 100_000, seconds: float = 5.0) -> Source:
        return fetch_url(self.url(path), limit=limit, seconds=seconds, allow_private=True)

    def refusal(self, path: str, *, limit: int = 100_000, seconds: float = 5.0) -> str:
        with pytest.raises(UnreadableInputError) as caught:
            self.fetch(path, limit=limit, seconds=seconds)
        assert caught.value.remedy
        assert caught.value.message.isprintable()
        return caught.value.message


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield from serving(running)


def serving(running: Server) -> Iterator[Server]:
    thread = threading.Thread(target=running.serve_forever, args=(0.002,))
    thread.start()
    yield running
    running.closing.set()
    running.shutdown()
    thread.join()


def at(*addresses: str) -> Callable[[str, int], list[str]]:
    """Resolve every host to `addresses`."""
    return lambda host, port: list(addresses)


# Pages


def test_a_page_is_fetched_with_its_final_url_type_and_encoding(server: Server) -> None:
    server.routes["/a/Green%20Tea.html?x=1"] = lambda handler: answer(
        handler, Content_Type='Text/HTML; a=b; Charset="UTF-8"'
    )
    assert server.fetch("/a/Green%20Tea.html?x=1#top") == Source(
        name="Green Tea.html",
        data=PAGE,
        url=server.url("/a/Green%20Tea.html?x=1"),
        media_type="text/html",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    "media_type", ["text/html", "text/plain", "text/markdown", "application/xhtml+xml"]
)
def test_the_text_types_are_read(server: Server, media_type: str) -> None:
    server.routes["/"] = lambda handler: answer(handler, Content_Type=media_type)
    assert server.fetch().media_type == media_type
    assert server.fetch().encoding == ""


def test_a_page_without_a_path_is_called_after_its_host(server: Server) -> None:
    assert server.fetch("").name == f"127.0.0.1:{server.server_address[1]}"


def test_read_source_fetches_urls(server: Server) -> None:
    source = read_source(server.url(), name="tea.html", allow_private=True)
    assert (source.name, source.data, source.url) == ("tea.html", PAGE, server.url())


def test_uncompressed_text_is_asked_for_and_no_secret_is_sent(server: Server) -> None:
    server.fetch()
    headers = server.asked[0][1]
    assert headers["Accept-Encoding"] == "identity"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_letters_beyond_ascii_in_a_path_are_encoded_once(server: Server) -> None:
    server.routes["/T%C3%A9%20x"] = answer
    assert server.fetch("/Té%20x").name == "Té x"


def test_control_characters_in_the_name_of_a_page_are_escaped(server: Server) -> None:
    server.routes["/a%1b%5b31m%0a%E2%80%AE"] = answer
    assert server.fetch("/a%1b%5b31m%0a%E2%80%AE").name == r"a\x1b[31m\n\u202e"


def test_a_page_in_chunks_is_read(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.routes["/"] = raw(head + b"3\r\nTea\r\n1\r\n.\r\n0\r\n\r\n")
    assert server.fetch().data == b"Tea."


def test_a_page_of_exactly_the_limit_is_read(server: Server) -> None:
    server.routes["/"] = lambda handler: answer(handler, b"x" * 70_000)
    assert len(server.fetch(limit=70_000).data) == 70_000


# Answers that are refused


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "404 Not Found"), (500, "500 Internal"), (204, "204 No"), (206, "206 P"), (999, "999")],
)
def test_any_other_status_than_200_is_refused(server: Server, status: int, said: str) -> None:
    server.routes["/x"] = lambda handler: answer(handler, status=status)
    assert f"answers {said}" in server.refusal("/x")


def test_the_servers_own_words_are_not_repeated(server: Server) -> None:
    server.routes["/x"] = raw(b"HTTP/1.1 404 \x1b[31mPwned\r\n\r\n")
    assert server.refusal("/x").endswith("/x answers 404 Not Found.")


@pytest.mark.parametrize(
    "media_type",
    ["", "application/pdf", "image/svg+xml", "text", "text/htmlx", "\x1b[31m", "x" * 9000],
)
def test_other_types_are_refused(server: Server, media_type: str) -> None:
    server.routes["/"] = lambda handler: answer(handler, Content_Type=media_type)
    assert "not a page of text" in server.refusal("/")


@pytest.mark.parametrize("headers", [{"Content_Encoding": "gzip"}, {"Transfer_Encoding": "gzip"}])
def test_compressed_answers_are_refused(server: Server, headers: dict[str, str]) -> None:
    server.routes["/"] = lambda handler: answer(handler, PAGE, 200, **headers)
    assert "is compressed" in server.refusal("/")


def test_an_empty_page_is_refused(server: Server) -> None:
    server.routes["/"] = lambda handler: answer(handler, b"")
    assert "is empty" in server.refusal("/")


@pytest.mark.parametrize("length", ["", "1000000", "-1", "nonsense"])
def test_a_page_above_the_limit_is_refused_whatever_length_it_claims(
    server: Server, length: str
) -> None:
    server.routes["/"] = lambda handler: answer(handler, b"x" * 1001, Content_Length=length)
    assert "larger than 1,000 bytes" in server.refusal("/", limit=1000)


def test_an_endless_page_is_cut_at_the_limit(server: Server) -> None:
    def body(handler: Handler) -> None:
        answer(handler)
        endless(handler, b"x" * 50_000)

    server.routes["/"] = body
    assert "larger than 1 MB" in server.refusal("/", limit=1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        b"Content-Length: 100\r\n\r\nhalf",
        b"Transfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf",
    ],
)
def test_a_page_that_breaks_off_is_refused(server: Server, text: bytes) -> None:
    server.routes["/"] = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + text)
    message = server.refusal("/")
    assert "breaks off" in message or "no proper answer" in message


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"\x1b[31m\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(server: Server, text: bytes) -> None:
    server.routes["/"] = raw(text)
    message = server.refusal("/")
    assert "no proper answer" in message or "cannot be reached" in message


def slow_body(handler: Handler) -> None:
    answer(handler)
    endless(handler, b"x", 0.02)


def slow_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    endless(handler, b"x", 0.02)


def slow_chunks(handler: Handler) -> None:
    answer(handler, b"", Transfer_Encoding="chunked")
    endless(handler, b"1\r\nx\r\n", 0.02)


def endless_continue(handler: Handler) -> None:
    endless(handler, b"HTTP/1.1 100 Continue\r\n\r\n", 0.02)


def silent(handler: Handler) -> None:
    handler.server.closing.wait()


@pytest.mark.parametrize(
    "route", [slow_body, slow_head, slow_chunks, endless_continue, silent], ids=lambda r: r.__name__
)
def test_an_answer_that_trickles_is_cut_at_the_deadline(server: Server, route: Route) -> None:
    server.routes["/"] = route
    started = time.monotonic()
    assert "took longer than 0.2 seconds" in server.refusal("/", seconds=0.2)
    assert time.monotonic() - started < 2


def test_redirects_share_one_deadline(server: Server) -> None:
    def late(handler: Handler) -> None:
        handler.server.closing.wait(0.15)
        redirect("/")(handler)

    server.routes["/"] = late
    assert "took longer than 0.4 seconds" in server.refusal("/", seconds=0.4)


def test_a_resolver_that_hangs_is_left_at_the_deadline() -> None:
    released = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        released.wait()
        return []

    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match="took longer"):
        fetch_url("http://tea.test/", seconds=0.1, resolve=hang)
    assert time.monotonic() - started < 2
    released.set()


def test_a_closed_port_is_refused_with_the_reason() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    with pytest.raises(UnreadableInputError, match="cannot be reached .*refused"):
        fetch_url(f"http://127.0.0.1:{port}/", allow_private=True)


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_final_url(server: Server, status: int) -> None:
    server.routes["/old"] = redirect("a/../new?x=1#top", status)
    server.routes["/new?x=1"] = answer
    assert server.fetch("/old").url == server.url("/new?x=1")


def test_five_redirects_are_followed_and_six_are_not(server: Server) -> None:
    for hop in range(6):
        server.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
    server.routes["/6"] = answer
    assert server.fetch("/1").data == PAGE
    assert "redirects more than 5 times" in server.refusal("/0")


def test_a_redirect_loop_ends(server: Server) -> None:
    server.routes["/"] = redirect("/")
    assert "redirects more than 5 times" in server.refusal("/")
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254, which is not public"),
        ("//[fe80::1]/", "fe80::1, which is not public"),
        ("http://0xa9.254.43518/", "not public|has no address"),
        ("file:///etc/passwd", "neither http nor https"),
        ("gopher://127.0.0.1:6379/_x", "neither http nor https"),
        ("http://me:secret@127.0.0.1/", "contains a user name"),
        ("http://[", "malformed"),
        ("http://127.0.0.1:0/", "no host or port"),
        ("", "to nowhere"),
        ("/" + "x" * 5000, "longer than 4,000 characters"),
    ],
)
def test_a_redirect_goes_through_the_same_gate(server: Server, location: str, said: str) -> None:
    server.routes["/"] = redirect(location)
    message = server.refusal("/")
    assert any(part in message for part in said.split("|"))
    assert "secret" not in message
    assert len(server.asked) == 1


def test_a_redirect_to_a_private_address_is_refused_unless_allowed(server: Server) -> None:
    """The server stands for a public one that redirects to a name of the local network."""
    server.routes["/"] = redirect("http://intranet.test/")
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "tea.test" else ["169.254.1.1"]

    with pytest.raises(UnreadableInputError, match="intranet.test leads to 169.254.1.1"):
        fetch_url(server.url(host="tea.test"), allow_private=True, resolve=resolve)
    assert asked == ["tea.test", "intranet.test"]


def test_letters_beyond_ascii_in_a_redirect_are_kept(server: Server) -> None:
    server.routes["/"] = raw("HTTP/1.1 302 Found\r\nLocation: /Té x\r\n\r\n".encode())
    server.routes["/T%C3%A9%20x"] = answer
    assert server.fetch().name == "Té x"


# Addresses


def test_each_host_is_resolved_once_and_that_address_is_connected_to(server: Server) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]

    def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    source = fetch_url(server.url(host="tea.test"), allow_private=True, resolve=rebinding)
    assert source.data == PAGE
    assert len(answers) == 1
    assert server.asked[0][1]["Host"] == f"tea.test:{server.server_address[1]}"


def test_a_host_that_rebinds_between_redirects_is_refused(server: Server) -> None:
    server.routes["/"] = redirect("/")
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    with pytest.raises(UnreadableInputError, match="169.254.169.254, which is not public"):
        fetch_url(
            server.url(host="tea.test"),
            allow_private=True,
            resolve=lambda host, port: answers.pop(0),
        )


def test_one_private_address_among_public_ones_refuses_the_host(server: Server) -> None:
    with pytest.raises(UnreadableInputError, match="leads to 127.0.0.1"):
        fetch_url(server.url(host="tea.test"), resolve=at("93.184.216.34", "127.0.0.1"))
    assert server.connections == 0


def test_the_next_address_is_tried_when_one_refuses(server: Server) -> None:
    url = server.url(host="tea.test")
    assert fetch_url(url, allow_private=True, resolve=at("::1", "127.0.0.1")).data == PAGE


@pytest.mark.parametrize("addresses", [(), ("0x7f.1",), ("nonsense",)])
def test_a_host_without_a_proper_address_is_refused(addresses: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableInputError, match="has no address"):
        fetch_url("http://tea.test/", resolve=at(*addresses))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "0",
        "0.0.0.0",
        "①②⑦.⓪.⓪.①",
        "１２７。０。０。１",
        "localhost",
        "LOCALHOST.",
        "ⓛocalhost",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:0808:0808:0:0:80ff:fffe]",
        "[::ffff:0:127.0.0.1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[fe80::1%lo]",
        "[v1.x]",
        "%31%32%37.0.0.1",
        "127.0.0.1%2f",
        "me@127.0.0.1",
        "me:secret@127.0.0.1",
        "@127.0.0.1",
        "tea.test@127.0.0.1",
        "tea.test\\@127.0.0.1",
        "127.0.0.1\t",
        "127.0.0.1\n",
        "127.0.0.1 ",
        "127.0.0.1\r\nX: y",
        "\x1b[31m",
        ".",
        "a..b",
        "a" * 64 + ".test",
        "a." * 200,
        "é" * 300,
        "<b>",
        "tea_test!",
        "",
    ],
)
def test_hostile_spellings_are_refused_without_a_connection(server: Server, host: str) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        fetch_url(server.url(host=host), seconds=1)
    assert server.connections == 0
    assert caught.value.message.isprintable()
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///tea",
        "http:tea.test",
        "http://tea.test:0/",
        "http://tea.test:65536/",
        "http://tea.test:-1/",
        "http://tea.test:８０/",
        "http://tea.test:80:80/",
        "http://me:se cret@tea.test/",
        "http://tea.test/\x00",
        "http://tea.test/\u202e",
        "http://tea.test/a b",
        "http://tea.test/\ud800",
        "http://tea.test/" + "x" * 4000,
        "http://[::1",
        "//tea.test/",
        "file:///etc/passwd",
        "ftp://tea.test/",
        "javascript:alert(1)",
        "",
    ],
)
def test_malformed_urls_are_refused_before_they_are_resolved(url: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(UnreadableInputError) as caught:
        fetch_url(url, allow_private=True, resolve=resolve)
    assert asked == []
    assert caught.value.message.isprintable()
    assert "cret" not in caught.value.message


PUBLIC = [
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::",
]
PRIVATE = ["10.1.2.3", "100.64.0.1", "127.9.9.9", "172.31.0.1", "192.168.0.1", "::1", "fd00::1"]
NEVER = [
    "0.0.0.0",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "192.0.0.192",
    "192.0.2.1",
    "198.19.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1.1.1.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::101:101",
    "100::1",
    "2001:db8::1",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "5f00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_contacted(address: str) -> None:
    assert may_contact(ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_may_be_contacted_only_when_allowed(address: str) -> None:
    assert not may_contact(ip_address(address))
    assert may_contact(ip_address(address), allow_private=True)


@pytest.mark.parametrize("address", NEVER)
def test_other_addresses_are_never_contacted(address: str) -> None:
    assert not may_contact(ip_address(address))
    assert not may_contact(ip_address(address), allow_private=True)


def test_both_addresses_inside_a_teredo_one_count() -> None:
    def teredo(server: str, client: str) -> IPv6Address:
        head = (0x20010000 << 32 | int(IPv4Address(server))) << 64
        return IPv6Address(head | int(IPv4Address(client)) ^ 0xFFFFFFFF)

    assert may_contact(teredo("8.8.8.8", "1.1.1.1"))
    assert not may_contact(teredo("8.8.8.8", "127.0.0.1"))
    assert not may_contact(teredo("127.0.0.1", "8.8.8.8"))


@given(st.ip_addresses())
def test_what_python_calls_special_is_never_taken_for_public(
    address: IPv4Address | IPv6Address,
) -> None:
    special = (
        address.is_private
        or address.is_multicast
        or address.is_reserved
        or address.is_link_local
        or address.is_loopback
        or address.is_unspecified
    )
    carries = isinstance(address, IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo
    )
    if special and not carries and address not in ip_network("64:ff9b::/96"):
        assert not may_contact(address)


# TLS

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate")


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Server]:
    """A TLS server whose certificate is for tea.test only; tmp_path/tea.pem vouches for it."""
    names = "-subj /CN=tea.test -addext subjectAltName=DNS:tea.test"
    usage = "-addext keyUsage=critical,digitalSignature,keyCertSign"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        f"-keyout tea.key -out tea.pem {names} {usage}".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "tea.pem", tmp_path / "tea.key")
    with Server() as running:
        running.socket = tls.wrap_socket(running.socket, server_side=True)
        yield from serving(running)


def fetch_securely(server: Server, host: str, path: str = "/") -> Source:
    url = server.url(path, host, "https")
    return fetch_url(url, seconds=5, allow_private=True, resolve=at("127.0.0.1"))


@needs_openssl
def test_a_certificate_nobody_vouches_for_is_refused(secure: Server) -> None:
    with pytest.raises(UnreadableInputError, match="no valid certificate"):
        fetch_securely(secure, "tea.test")
    assert secure.asked == []


@needs_openssl
def test_the_certificate_is_checked_for_the_host_and_not_the_address(
    secure: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tea.pem"))
    assert fetch_securely(secure, "tea.test").data == PAGE
    assert fetch_securely(secure, "TEA.test.").data == PAGE
    for other in ("coffee.test", "127.0.0.1"):
        with pytest.raises(UnreadableInputError, match="no valid certificate"):
            fetch_securely(secure, other)


@needs_openssl
def test_a_redirect_from_https_to_http_is_refused(
    secure: Server, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tea.pem"))
    secure.routes["/"] = redirect(server.url())
    with pytest.raises(UnreadableInputError, match="redirects from https to http"):
        fetch_securely(secure, "tea.test")
    assert server.connections == 0


@needs_openssl
def test_a_trickling_page_is_cut_at_the_deadline_under_tls(
    secure: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "tea.pem"))
    secure.routes["/"] = slow_body
    url = secure.url("/", "tea.test", "https")
    with pytest.raises(UnreadableInputError, match=r"took longer than 0\.3"):
        fetch_url(url, seconds=0.3, allow_private=True, resolve=at("127.0.0.1"))


def test_a_server_without_tls_behind_https_is_refused(server: Server) -> None:
    with pytest.raises(UnreadableInputError, match="cannot be reached"):
        fetch_securely(server, "tea.test")


def test_proxies_of_the_environment_are_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert server.fetch().data == PAGE
    assert os.environ["http_proxy"]
