"""Files got over the network, only when a person asks: resumed, verified, put in place whole."""

from __future__ import annotations

import hashlib
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from gum.errors import EngineError
from gum.protocols import Report

PIECE = 1 << 20

SILENCE_S = 60
"""A server that sends nothing for so long is given up."""


def download(address: str, target: Path, sha256: str, report: Report) -> str:
    """Get one file, continuing where an earlier try ended; return its sha256.

    `report` is told the file's name, the bytes so far and the bytes in all.
    Raises EngineError; what was got so far is kept for the next try, except when the sum is wrong.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        _fetch(address, part, target.name, report)
    except httpx.HTTPStatusError as error:
        raise EngineError(f"{address} answered {error.response.status_code}.{_hint(error)}") from error
    except httpx.HTTPError as error:
        raise EngineError(_unreached(address, error)) from error
    except OSError as error:
        raise EngineError(f"{part} could not be written: {error.strerror}.") from error
    got = sum_of(part)
    if sha256 and got != sha256:
        part.unlink()
        raise EngineError(
            f"{target.name} is not the file that was published, and was thrown away: its sha256 is {got}, not {sha256}."
        )
    part.replace(target)
    return got


def sum_of(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def need_room(folder: Path, name: str, wanted: int) -> None:
    """Raise EngineError when so many bytes do not fit on the disk of a folder."""
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise EngineError(f"{name} needs {wanted >> 20} MB more, and {free >> 20} MB are free on {folder}.")


def _fetch(address: str, part: Path, name: str, report: Report) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    with httpx.stream("GET", address, headers=headers, follow_redirects=True, timeout=SILENCE_S) as reply:
        if reply.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            report(name, have, have)  # it is whole already
            return
        reply.raise_for_status()
        resumed = reply.status_code == httpx.codes.PARTIAL_CONTENT
        have = have if resumed else 0
        total = have + int(reply.headers.get("content-length", 0))
        need_room(part.parent, name, total - have)
        with part.open("ab" if resumed else "wb") as file:
            for piece in reply.iter_bytes():
                file.write(piece)
                have += len(piece)
                report(name, have, total)


def _unreached(address: str, error: httpx.HTTPError) -> str:
    host = urlsplit(address).hostname
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, socket.gaierror):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return (
            f"There is no network, or it knows no {host}. Try again when there is, name a mirror with --mirror, "
            "or take files that you have: gumctl models import"
        )
    again = "Try again; what was got so far is kept."
    if isinstance(error, httpx.ReadTimeout):
        return f"{host} sent nothing for {SILENCE_S} s. {again}"
    if isinstance(error, (httpx.ReadError, httpx.RemoteProtocolError)):
        return f"The connection to {host} broke off. {again}"
    return f"{address} could not be reached ({error}). {again}"


def _hint(error: httpx.HTTPStatusError) -> str:
    if error.response.status_code == httpx.codes.NOT_FOUND:
        return " The file has moved; a mirror may have it, or take one that you have: gumctl models import"
    return ""
