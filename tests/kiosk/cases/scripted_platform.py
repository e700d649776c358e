"""A platform on a real socket that speaks the gateway's wire and does what a test tells it."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOLD_LIMIT_S = 30


class Silent(Exception):
    """Hang up without an answer."""


@dataclass
class ScriptedPlatform:
    """Stores by id, as the real one does. `before` and `after` storing, a test may interfere.

    Both get the id; they may block, raise Silent, or return (status, code) to answer with.
    """

    url: str
    stored: dict[str, dict[str, object]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    before: Callable[[str], tuple[int, str] | None] = lambda _id: None
    after: Callable[[str], tuple[int, str] | None] = lambda _id: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, kind: str, item_id: str, body: dict[str, object]) -> tuple[int, object]:
        with self.lock:
            self.asked[item_id] += 1
        if refusal := self.before(item_id):
            return _refusal(refusal)
        with self.lock:
            if item_id not in self.stored:
                self.stored[item_id] = body
                self.order.append(item_id)
            number = self.order.index(item_id) + 1
        if refusal := self.after(item_id):
            return _refusal(refusal)
        match kind:
            case "applications":
                return 201, _accepted(f"SAMPLE-{number:04d}", body)
            case "evaluations":
                return 200, {"status": "recorded"}
            case _:
                return 200, {"problem_no": f"P-{number:04d}"}


def _refusal(refusal: tuple[int, str]) -> tuple[int, object]:
    status, code = refusal
    return status, {"code": code, "reason": "样例：材料与登记不符，请到窗口核对。"}


def _accepted(case_no: str, body: dict[str, object]) -> object:
    matters = body["task_codes"]
    assert isinstance(matters, list)
    return {
        "project_no": case_no,
        "accept_date": "20261122T093000",
        "tasks": [
            {
                "task_code": matter,
                "task_name": "样例事项",
                "org_name": "样例局",
                "promise_date": "20261127",
                "task_state": "accepted",
            }
            for matter in matters
        ],
    }


@dataclass
class Place:
    """A port of loopback that is held for a platform: whoever calls it is refused until then."""

    held: socket.socket

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.held.getsockname()[1]}"


@contextmanager
def reserved() -> Iterator[Place]:
    """A place where nobody listens yet, and where nobody else can."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield Place(held)


@contextmanager
def scripted_platform(place: Place | None = None) -> Iterator[ScriptedPlatform]:
    """Listening on loopback until the block ends; in its place, which ends with it."""
    platform = ScriptedPlatform(url="")

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            _, _, kind, item_id = urlsplit(self.path).path.split("/")
            try:
                status, answer = platform.put(kind, item_id, body)
            except Silent:
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=place is None)
    if place is not None:
        server.socket.close()
        server.socket = place.held
        server.server_activate()
    platform.url = f"http://127.0.0.1:{server.socket.getsockname()[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        thread.join(HOLD_LIMIT_S)
        server.server_close()
