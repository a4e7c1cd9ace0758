"""A real server on loopback cuts slow and oversized requests and goes on serving others."""

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from web.errors import ServerStartError
from web.protocol import LimitedProtocol
from web.server import listening_socket, server_of
from web.settings import Settings


class ImpatientProtocol(LimitedProtocol):
    request_seconds = 0.5


@contextmanager
def running(settings: Settings) -> Iterator[int]:
    """Serve on a free port of loopback, and stop at the end."""
    server = server_of(settings, protocol=ImpatientProtocol)
    with listening_socket("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def port(drinks):
    with running(Settings(drinks)) as found:
        yield found


def exchange(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Send `pieces`, and return all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
            except OSError:
                break
            time.sleep(pause)
        received = b""
        try:
            while more := connection.recv(65536):
                received += more
        except ConnectionResetError:
            pass
        return received


def status_of(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1])


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/healthz")
    found = connection.getresponse().status == 200
    connection.close()
    return found


HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def test_a_question_is_answered(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    body = json.dumps({"question": "tea or coffee?"})
    connection.request("POST", "/ask", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    assert reply.status == 200
    assert json.load(reply)["answered"] is True
    assert reply.getheader("server") is None
    connection.request("HEAD", "/?q=tea")
    reply = connection.getresponse()
    assert (reply.status, reply.read()) == (200, b"")
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()


def test_headers_that_drip_are_cut_while_others_are_served(port):
    started = time.monotonic()
    dripping = threading.Thread(
        target=exchange, args=(port, HEAD, *[b"X-A: b\r\n"] * 30), kwargs={"pause": 0.05}
    )
    dripping.start()
    assert healthy(port)
    dripping.join(5)
    assert time.monotonic() - started < 3


def test_an_incomplete_request_is_told_why_it_is_cut(port):
    assert status_of(exchange(port, HEAD)) == 408
    assert status_of(exchange(port, POST + b"Content-Length: 50\r\n\r\n{")) == 408


def test_a_connection_that_says_nothing_is_closed_in_silence(port):
    assert exchange(port) == b""
    assert status_of(exchange(port, HEAD + b"\r\n", b"\r\n")) == 200


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD + b"X-Long: " + b"a" * 40_000 + b"\r\n\r\n"],
        [HEAD] + [b"X-Many: " + b"a" * 1000 + b"\r\n"] * 50,
        [b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n"],
    ],
)
def test_oversized_headers_are_refused(port, pieces):
    reply = exchange(port, *pieces)
    assert reply == b"" or status_of(reply) == 431
    assert healthy(port)


def test_headers_within_the_limit_pass(port):
    head = HEAD + b"X-Long: " + b"a" * 20_000 + b"\r\nConnection: close\r\n\r\n"
    assert status_of(exchange(port, head)) == 200


def test_a_large_body_in_one_piece_with_its_headers_is_not_taken_for_headers(port):
    body = b'{"question": "tea", "history": ["' + b"a" * 60_000 + b'"]}'
    head = POST + b"Connection: close\r\nContent-Length: " + str(len(body)).encode()
    assert status_of(exchange(port, head + b"\r\n\r\n" + body)) == 422


def test_an_oversized_body_is_refused(port):
    declared = POST + b"Content-Length: 20000000\r\n\r\n"
    assert status_of(exchange(port, declared)) == 413
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    reply = exchange(port, chunked, *[b"3e8\r\n" + b"a" * 1000 + b"\r\n"] * 100)
    assert reply == b"" or status_of(reply) == 413
    assert healthy(port)


def test_what_is_not_http_is_refused_with_the_same_headers(port):
    reply = exchange(port, b"\x16\x03\x01 hello\r\n\r\n")
    assert status_of(reply) == 400
    assert b"default-src 'none'" in reply
    assert b"application/problem+json" in reply


def test_requests_in_a_row_are_answered_in_order(port):
    last = HEAD + b"Connection: close\r\n\r\n"
    reply = exchange(port, HEAD + b"\r\n" + HEAD.replace(b"/healthz", b"/nope") + b"\r\n" + last)
    assert re.findall(rb"HTTP/1.1 (\d+) ", reply) == [b"200", b"404", b"200"]


def test_it_stops_although_a_client_is_stuck(drinks):
    with running(Settings(drinks)) as port:
        stuck = socket.create_connection(("127.0.0.1", port))
        stuck.sendall(POST + b"Content-Length: 50\r\n\r\n{")
        started = time.monotonic()
    stuck.close()
    assert time.monotonic() - started < 8


def test_a_taken_port_is_said_in_a_sentence(port):
    with pytest.raises(ServerStartError) as caught:
        listening_socket("127.0.0.1", port)
    assert "--port" in caught.value.remedy
    for wrong in (-1, 70_000):
        with pytest.raises(ServerStartError):
            listening_socket("127.0.0.1", wrong)
