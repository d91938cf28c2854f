"""The API's server in a thread of its own, on a loopback socket that is bound before anything is announced."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

from gum.api import token
from gum.config import EVERYWHERE, Api
from gum.errors import ConfigError

if TYPE_CHECKING:
    from gum.api.backend import Backend
    from gum.api.strangers import Strangers
    from gum.paths import Home

log = logging.getLogger(__name__)

START_S = 10.0
STOP_S = 2.0
CONNECTIONS = 128
HTTPS = 443


def bind(settings: Api) -> socket.socket:
    """Return a socket bound to the configured loopback address.  Raises ConfigError when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise ConfigError(
            f"Port {settings.port} on {settings.host} is not free ({error.strerror}); change api.port, or set it to 0."
        ) from error
    return bound


def hosts(settings: Api, port: int) -> tuple[str, ...]:
    """Return the exact Host headers that mean this server."""
    names = {settings.host, "localhost", "127.0.0.1", "::1", *settings.names} - EVERYWHERE
    written = sorted(f"[{name}]" if ":" in name else name.lower() for name in names)
    return tuple(f"{name}:{port}" for name in written) + (tuple(written) if port == HTTPS else ())


def address(settings: Api, port: int) -> str:
    """Return where programs on this machine find the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - read, not bound
    scheme = "https" if settings.tls_certificate else "http"
    return f"{scheme}://[{name}]:{port}" if ":" in name else f"{scheme}://{name}:{port}"


def tls(settings: Api) -> tuple[str, str]:
    """Return the files of the certificate and its key, empty without TLS.

    Raises ConfigError when they cannot be used.
    """
    if not settings.tls_certificate:
        return "", ""
    files = (settings.tls_certificate, settings.tls_key)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*files, password=_no_password)
    except OSError as error:  # ssl.SSLError is one too
        raise ConfigError(
            f"api.tls_certificate {files[0]} and api.tls_key {files[1]} cannot be used ({error.strerror or error}); "
            "they must be a PEM certificate and its key without a password."
        ) from error
    return files


def _no_password() -> str:
    """Stand for the question on the terminal that OpenSSL would ask."""
    return ""


def _watched(strangers: Strangers) -> type[asyncio.Protocol]:
    """Return uvicorn's protocol with an eye on who has not said yet who they are."""
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    class Watched(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            strangers.came(self.client, transport.abort, self.loop.call_later)

        def connection_lost(self, exc: Exception | None) -> None:
            strangers.left(self.client)
            super().connection_lost(exc)

    return Watched


class ApiServer:
    """Serves one backend until stopped."""

    def __init__(self, backend: Backend, home: Home, settings: Api) -> None:
        import uvicorn

        from gum.api.app import create

        certificate, key = tls(settings)
        self._socket = bind(settings)
        port = self._socket.getsockname()[1]
        self.url = address(settings, port)
        self.served = create(backend, token.ensure(home.token), hosts(settings, port), settings.origins)
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.served.guard,
                http=_watched(self.served.guard.strangers),
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                limit_concurrency=CONNECTIONS,
                timeout_graceful_shutdown=int(STOP_S),
                ws="none",
                lifespan="off",
                ssl_certfile=certificate or None,
                ssl_keyfile=key or None,
            )
        )
        self._thread = threading.Thread(target=self._serve, name="api", daemon=True)

    def start(self) -> None:
        """Serve; return when requests are answered.  Raises ConfigError when it does not come up."""
        self.served.watcher.start()
        self._thread.start()
        deadline = time.monotonic() + START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise ConfigError(f"The API could not be started at {self.url}; the log says why.")
            time.sleep(0.01)

    def stop(self) -> None:
        """Answer what was asked already, then end."""
        self.served.watcher.stop()
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(STOP_S + 1)
        self._socket.close()

    def _serve(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        except Exception:  # a thread's end must be logged, whatever it was
            log.exception("the API ended")
