"""A web site on 127.0.0.1 whose pages and misbehaviour a test writes down; it remembers what it was asked and sent."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What is sent: ``etag`` True makes one of the body and answers with 304 to it; ``raw`` writes all by itself."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"
    etag: bool = False
    raw: Callable | None = None

    @property
    def data(self):
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    time: float
    sent: int = 0


class LocalSite:
    """Pages by path: a `Reply`, a list of them (the last one stays), or a function of the request that returns one."""

    def __init__(self, host="127.0.0.1"):
        self.pages, self.asked, self.busy, self.most_busy = {}, [], 0, 0
        self.lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"site": self})
        self.server = ThreadingHTTPServer((host, 0), handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.base = f"http://{host}:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def url(self, path):
        return self.base + path

    def paths(self):
        return [asked.path for asked in self.asked]

    def count(self, path):
        return self.paths().count(path)

    def reply(self, asked):
        page = self.pages.get(asked.path)
        if page is None:
            page = self.pages.get(asked.path.partition("?")[0], Reply("not here", 404))
        if isinstance(page, list):
            page = page.pop(0) if len(page) > 1 else page[0]
        return page(asked) if callable(page) else page


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: LocalSite

    def do_GET(self):
        site = self.site
        asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
        with site.lock:
            site.asked.append(asked)
            site.busy += 1
            site.most_busy = max(site.busy, site.most_busy)
        try:
            reply = site.reply(asked)
            if reply.raw:
                reply.raw(self)
            else:
                self._send(reply, asked)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with site.lock:
                site.busy -= 1

    def _send(self, reply, asked):
        headers = {"Content-Type": reply.type, **reply.headers}
        status, data = reply.status, reply.data
        if reply.etag:
            headers["ETag"] = f'"{sha256(data).hexdigest()[:16]}"'
            if asked.headers.get("if-none-match") == headers["ETag"]:
                status, data = 304, b""
        if status != 304:
            headers["Content-Length"] = str(len(data))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        asked.sent = len(data)

    def log_message(self, *_):
        pass


def release(title, day="2019-11-05", figure="3,144", more="", links=()):
    """Return a page with a release: prose enough to be told from its surroundings."""
    listed = "".join(f'<p><a href="{link}">Further reading</a></p>' for link in links)
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>
<meta property="article:published_time" content="{day}T09:00:00Z"></head><body>
<nav><a href="/">Home</a></nav><main><article><h1>{title}</h1>
<p>Police forces recorded {figure} offences of sexual communication with a child in the last year, figures obtained by
the NSPCC under freedom of information laws show. {more}</p>
<p>The charity is calling on the Government to bring forward legislation that forces social networks to protect the
children who use them, and to hold those that fail to account for what happens on their sites.</p>
<p>A spokesperson said that the numbers were only the tip of the iceberg, since many children do not know that what
happened to them was a crime, and many more never tell anyone about it.</p>{listed}
</article></main><footer>Registered charity</footer></body></html>"""


def listing(paths, following=None):
    """Return a page of links, with one to the page that follows it."""
    items = "".join(f'<li><a href="{path}">A story</a></li>' for path in paths)
    after = f'<a rel="next" href="{following}">Next</a>' if following else ""
    return f"<html><head><title>News</title></head><body><main><ul>{items}</ul>{after}</main></body></html>"


def chunked(handler, chunks, status=200, headers=()):
    """Send chunks as they come, without saying how long they are together."""
    handler.send_response(status)
    for name, value in (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), *headers):
        handler.send_header(name, value)
    handler.end_headers()
    for chunk in chunks:
        handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")
