"""Local web pages under *.test names: static ones, a small search engine over them, and a webmail."""

from __future__ import annotations

import html
import http.server
import json
import re
import socketserver
import threading
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scenarios.driver.spec import Page, Scenario

HERE = Path(__file__).parent
CSS = (HERE / "page.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "page.js").read_text(encoding="utf-8")
WEBMAIL = "Rowan Mail"


class Pages:
    """Serves the scenario's pages on a port of its own, and knows what the visible page shows."""

    def __init__(self, scenario: Scenario, on_sent: Callable[[dict[str, str]], None]) -> None:
        self._on_sent = on_sent
        self.pages, self.email = scenario.pages, scenario.persona.email
        self.mail = {item.id or str(number): item for number, item in enumerate(scenario.mail)}
        self.sent: list[dict[str, Any]] = []
        self._state: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True, name="pages").start()

    def now(self) -> dict[str, Any]:
        """Return the visible page's last report: url, title, lines, els (positions), t."""
        with self._lock:
            return dict(self._state)

    def report(self, raw: bytes) -> None:
        """Take a page's report of itself."""
        with self._lock:
            self._state = {**json.loads(raw), "t": time.time()}

    def send(self, form: dict[str, str]) -> str:
        """Keep a sent mail and return the page that says so."""
        self.sent.append({**form, "t": time.time()})
        self._on_sent(form)
        to = html.escape(form.get("to", ""))
        body = f'<h1>Your message has been sent</h1><p>To: {to}</p><p><a id=back href="/inbox">Back to inbox</a></p>'
        return shell("Message sent", body, WEBMAIL)

    def render(self, host: str, path: str, query: dict[str, list[str]]) -> tuple[str, int]:
        """Return a page's HTML and its status."""
        if host.startswith("find."):
            return self._search(path, query.get("q", [""])[0]), 200
        if host.startswith("mail."):
            found = self._mail(path)
            if found:
                return found, 200
        page = self.pages.get(host + path) or self.pages.get((host + path).rstrip("/"))
        if page is None:
            return shell("Not found", "<h1>Page not found</h1>"), 404
        body = page.body if "<" in page.body else _paragraphs(page.body)
        return shell(page.title, f"<h1>{html.escape(page.h1 or page.title)}</h1>{body}", page.site or host), 200

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def _search(self, path: str, query: str) -> str:
        site, asked = "Finder - search the web", html.escape(query)
        form = (
            f'<form action="/search"><input type=text id=q name=q autofocus value="{asked}">'
            " <button id=go>Find</button></form>"
        )
        if path != "/search":
            return shell("Finder", form, site)
        hits = _ranked(self.pages, query)
        items = "".join(
            f'<li><a id="r{number}" href="http://{key}">{html.escape(self.pages[key].title)}</a>'
            f"<br><small>{html.escape(key)}</small></li>"
            for number, key in enumerate(hits[:8], 1)
        )
        listed = f"<p>{len(hits)} results for {asked}</p><ol>{items or '<p>No results</p>'}</ol>"
        return shell(f"{query} - Finder", form + listed, site)

    def _mail(self, path: str) -> str | None:
        if path in ("/", "/inbox"):
            return self._inbox()
        wanted = re.match(r"/m/([\w-]+)(/reply)?$", path)
        if not wanted or wanted[1] not in self.mail:
            return None
        key, item = wanted[1], self.mail[wanted[1]]
        subject, sender = html.escape(item.subject), html.escape(item.sender)
        if wanted[2]:
            form = (
                f'<h1>Re: {subject}</h1><form method=post action="/send"><p>To: {sender}</p>'
                f'<input type=hidden name=to value="{sender}"><textarea id=body name=body autofocus></textarea>'
                "<p><button id=send>Send message</button></p></form>"
            )
            return shell(f"Reply: {item.subject} - {WEBMAIL}", form, WEBMAIL)
        links = f'<p><a id=reply href="/m/{key}/reply">Reply</a> &nbsp; <a id=back href="/inbox">Back to inbox</a></p>'
        text = _paragraphs(item.body, "\n")
        body = f"<h1>{subject}</h1><p>From: {sender}</p>{text}{links}"
        return shell(f"{item.subject} - {WEBMAIL}", body, WEBMAIL)

    def _inbox(self) -> str:
        rows = "".join(
            f'<div class=mail><b>{html.escape(item.sender)}</b> <a id="m{key}" href="/m/{key}">'
            f"{html.escape(item.subject)}</a></div>"
            for key, item in reversed(self.mail.items())
        )
        title = f"Inbox ({len(self.mail)}) - {WEBMAIL}"
        return shell(title, f"<h1>Inbox</h1>{rows}", f"{WEBMAIL} - {self.email}")


def shell(title: str, body: str, site: str = "") -> str:
    """Return a whole page around a body."""
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{html.escape(title)}</title><style>{CSS}</style>"
        f"<body><header>{html.escape(site or title)}</header><main>{body}</main><script>{SCRIPT}</script></body></html>"
    )


def _paragraphs(text: str, separator: str = "\n\n") -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in text.strip().split(separator) if part.strip())


def _ranked(pages: dict[str, Page], query: str) -> list[str]:
    words = {word for word in re.findall(r"\w+", query.lower()) if len(word) > 2}
    scores = {}
    for key, page in pages.items():
        text = f"{page.title} {page.body}".lower()
        scores[key] = sum(text.count(word) for word in words)
    return sorted((key for key, score in scores.items() if score), key=lambda key: (-scores[key], key))


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of a request is no news."""


def _handler(pages: Pages) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            """Keep requests out of the terminal."""

        def do_GET(self) -> None:
            url = urllib.parse.urlsplit(self.path)
            host = (self.headers.get("Host") or "").split(":")[0]
            if url.path == "/favicon.ico":
                self._answer("", 404)
            else:
                self._answer(*pages.render(host, url.path, urllib.parse.parse_qs(url.query)))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/__gt":
                pages.report(raw)
                self._answer("")
            elif self.path == "/send":
                self._answer(pages.send({k: v[0] for k, v in urllib.parse.parse_qs(raw.decode()).items()}))
            else:
                self._answer("", 404)

        def _answer(self, body: str, code: int = 200) -> None:
            raw = body.encode()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(raw)

    return Handler
