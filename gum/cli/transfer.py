"""export, import."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gum import paths
from gum.cli import times
from gum.cli.asking import daemon
from gum.cli.output import emit, json_option
from gum.records import Status, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gum.client import Client, ImportIn

AT_ONCE = 500
PARTS = ("propositions", "observations", "episodes")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", default="jsonl", show_default=True, type=click.Choice(("jsonl", "markdown", "archive"))
)
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Only this, in JSON Lines.")
@click.option("--since", metavar="TIME", help="Only what showed from then on: 2026-03-01, or 2d for two days ago.")
@click.option("--until", metavar="TIME", help="Only what showed until then.")
@click.option(
    "--status", multiple=True, type=click.Choice([one.value for one in Status]), help="Only propositions that stand so."
)
@click.option(
    "--theme", multiple=True, type=click.Choice([one.value for one in Theme]), help="Only propositions of this topic."
)
@click.option("--min-probability", default=0.0, type=click.FloatRange(0, 1), help="Only propositions this likely.")
@json_option
def export(
    *,
    file: Path,
    form: str,
    parts: tuple[str, ...],
    since: str | None,
    until: str | None,
    status: tuple[str, ...],
    theme: tuple[str, ...],
    min_probability: float,
    as_json: bool,
) -> None:
    """Write what is kept to FILE: as JSON Lines, as Markdown, or as an archive with ids, history and frames.

    An archive is everything, and an empty home is restored from it by 'gumctl import'.  What is written is not
    encrypted, and forgetting names the file but does not change it.
    """
    if form == "archive" and any((parts, since, until, status, theme, min_probability)):
        raise click.UsageError("An archive is everything; leave the selection out.")
    start, end = (times.past_or_none(one) for one in (since, until))
    with daemon() as client:
        if client.encryption().encrypted:
            click.echo(f"What is kept is encrypted; {file} will not be.", err=True)
        with _whole(file) as target:
            size = client.export(
                target,  # type: ignore[arg-type]
                form,
                parts=parts,
                since=start,
                until=end,
                status=status,
                theme=theme,
                min_probability=min_probability,
            )
        client.exported(str(file.absolute()))
    if as_json:
        emit({"path": str(file.absolute()), "format": form, "bytes": size})
    else:
        click.echo(f"{size} bytes were written to {file}.")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Restore an archive into an empty home, or bring in what another program has kept.

    An archive of 'gumctl export --format archive' needs a home that holds nothing, and no daemon.  An export of
    ActivityWatch (.json, .json.gz) and the gum.db of the original GUM go through the running daemon: what is excluded
    is left out, secrets are redacted, and the original's propositions are candidates.  Doing it again adds nothing.
    """
    from gum.transfer import activitywatch, archive, original

    if archive.is_archive(file):
        restored = archive.restore(paths.home(), file)
        if as_json:
            emit({"restored": restored.rows, "frames": restored.frames})
        else:
            told = ", ".join(f"{count} {what}" for what, count in restored.rows.items() if count)
            click.echo(f"Restored: {told or 'nothing'}; {restored.frames} frames. Now: gumctl start")
        return
    given = original.read(file) if original.is_original(file) else activitywatch.read(file)
    with daemon() as client:
        counts = _sent(client, given)
    if as_json:
        emit(counts)
        return
    click.echo(
        f"Brought in: {counts['observations']} observations, {counts['propositions']} propositions. "
        f"{counts['known']} were there already, {counts['left_out']} may not be kept."
    )


def _sent(client: Client, given: ImportIn) -> dict[str, int]:
    """Send it in parts, observations before what rests on them; what is sent twice is kept once."""
    from gum.client import ImportIn

    counts = dict.fromkeys(("observations", "propositions", "known", "left_out"), 0)
    parts = [
        ImportIn(by=given.by, **{name: kept[start : start + AT_ONCE]})
        for name, kept in (("observations", given.observations), ("propositions", given.propositions))
        for start in range(0, len(kept), AT_ONCE)
    ]
    for part in parts:
        for name, count in client.take_in(part).model_dump().items():
            counts[name] += count
    return counts


@contextlib.contextmanager
def _whole(file: Path) -> Iterator[object]:
    """Give a file that takes the place of `file` once it is whole; only the person can read it."""
    try:
        descriptor, draft = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
