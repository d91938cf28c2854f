"""From an assistant's pipe to the daemon's /mcp and back: it reads and keeps nothing itself.

Every line is one message.  It goes on as it is, with the headers that the protocol asks for over HTTP: in the era of
the handshake the version that was agreed on, since 2026-07-28 what the message itself says.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any

from gum.errors import ClientError, DaemonAbsentError, GumError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from gum.client import Client

PARSE_ERROR, FAILED = -32700, -32000
WAIT_S = 120.0
AT_ONCE = 4
_VERSION = "io.modelcontextprotocol/protocolVersion"
_ACCEPT = "application/json, text/event-stream"


class Bridge:
    """Carries messages for one assistant; `reach` gives a client of the daemon, anew after it has gone away."""

    def __init__(self, reach: Callable[[], Client]) -> None:
        self._reach = reach
        self._client: Client | None = None
        self._reaching = threading.Lock()
        self._writing = threading.Lock()
        self._agreed = ""

    def carry(self, lines: Iterable[str], out: IO[str]) -> None:
        """Answer every message until the pipe ends."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for line in lines:
                if not line.strip():
                    continue
                if '"initialize"' in line or '"notifications/' in line:
                    self._pass_on(line, out)  # what follows rests on it
                else:
                    pool.submit(self._pass_on, line, out)

    def close(self) -> None:
        with self._reaching:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _pass_on(self, line: str, out: IO[str]) -> None:
        answer = self.answer(line)
        if answer is not None:
            with self._writing:
                out.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
                out.flush()

    def answer(self, line: str) -> dict[str, Any] | None:
        """Return the answer to one message, None where there is none to give."""
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return _error(None, PARSE_ERROR, "That line is not JSON.")
        asked = message.get("id") if isinstance(message, dict) else None
        try:
            answer = self._asked(line, self._headers(message))
        except GumError as error:
            return None if asked is None else _error(asked, FAILED, str(error))
        if answer and isinstance(message, dict) and message.get("method") == "initialize":
            self._agreed = str((answer.get("result") or {}).get("protocolVersion", ""))
        return answer

    def _headers(self, message: Any) -> dict[str, str]:
        headers = {"Accept": _ACCEPT, "Content-Type": "application/json"}
        params = message.get("params") if isinstance(message, dict) else None
        meta = params.get("_meta") if isinstance(params, dict) else None
        version = meta.get(_VERSION) if isinstance(meta, dict) else None
        if not isinstance(params, dict) or not isinstance(version, str):
            return headers | ({"Mcp-Protocol-Version": self._agreed} if self._agreed else {})
        from mcp.shared.inbound import NAME_BEARING_METHODS, encode_header_value

        method = str(message.get("method", ""))
        headers |= {"Mcp-Protocol-Version": encode_header_value(version), "Mcp-Method": encode_header_value(method)}
        name = params.get(NAME_BEARING_METHODS.get(method, ""))
        return headers | ({"Mcp-Name": encode_header_value(name)} if isinstance(name, str) else {})

    def _asked(self, line: str, headers: dict[str, str]) -> dict[str, Any] | None:
        """Send a message; where the daemon has gone away in between, to the one that is there now."""
        for again in (False, True):
            client = self._reached(anew=again)
            try:
                return _read(client, line, headers)
            except DaemonAbsentError:
                if again:
                    raise
        raise AssertionError  # the second try returns or raises

    def _reached(self, *, anew: bool) -> Client:
        with self._reaching:
            if anew and self._client is not None:
                self._client.close()
                self._client = None
            if self._client is None:
                self._client = self._reach()
            return self._client


def _read(client: Client, line: str, headers: dict[str, str]) -> dict[str, Any] | None:
    """Raises DaemonAbsentError, and RefusedError with the daemon's sentence for what is no answer of the protocol."""
    import httpx

    from gum.client.connection import refused

    try:
        answer = client.http.post("/mcp", content=line.encode(), headers=headers, timeout=WAIT_S)
    except httpx.TimeoutException as error:
        raise ClientError("The daemon did not answer in time.") from error
    except httpx.HTTPError as error:
        raise DaemonAbsentError(f"No daemon answers at {client.url}; start it with: gumctl start") from error
    if not answer.content:
        return None
    try:
        value = answer.json()
    except ValueError as error:
        raise refused(answer) from error
    if isinstance(value, dict) and "jsonrpc" in value:
        return value
    raise refused(answer) if answer.is_error else RefusedError("The daemon gave no answer of the protocol.")


def _error(id: Any, code: int, sentence: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": sentence}}
