"""The report as one page of HTML that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from gum.evaluate.report import wording

_STYLE = """
body { font: 15px/1.45 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse; margin: 1em 0 } th, td { padding: .2em .8em .2em 0; text-align: left;
vertical-align: top; border-bottom: 1px solid #ddd } td.n { text-align: right; font-variant-numeric: tabular-nums }
.fails { color: #a00 } .holds { color: #060 } h2 { margin-top: 2em } img { max-width: 100% }
"""
_MOST_ROWS = 60


def page(results: Mapping[str, dict[str, Any]], diagram: bytes | None) -> str:
    """Return the page on the results of evaluations, by name; the diagram belongs to 'simulate'."""
    parts = ["<h1>Evaluation</h1>"]
    for name, result in results.items():
        parts.append(f"<h2>{escape(wording.TITLES.get(name, name))}</h2>")
        parts += _simulated(result, diagram) if name == "simulate" else _plain(result)
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>Evaluation</title>\n<style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">{head}\n{body}\n</html>\n'


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table; numbers stand to the right."""
    head = "".join(f"<th>{escape(one)}</th>" for one in headings)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>\n{body}</table>"


def _simulated(result: dict[str, Any], diagram: bytes | None) -> list[str]:
    parts = [f"<p>{escape(wording.people(result))}</p>", _bars(result), f"<p>{escape(wording.HOW_JUDGED)}</p>"]
    parts.append(_predicates(result["predicates"]))
    if diagram is not None:
        data = base64.b64encode(diagram).decode()
        parts.append("<h3>Reliability</h3>")
        parts.append(f'<img alt="Reliability diagram" src="data:image/png;base64,{data}">')
    if "ablations" in result:
        parts += ["<h3>Without a step</h3>", f"<p>{escape(wording.HOW_ABLATED)}</p>", _ablations(result["ablations"])]
    missed, wrong = result["missed"], result["wrong"]
    parts += [f"<h3>Not found ({len(missed)})</h3>", _records(missed)]
    parts += [f"<h3>Wrong ({len(wrong)})</h3>", _records(wrong)]
    parts += ["<h3>Made by</h3>", table(("", ""), [(key, _text(value)) for key, value in result["about"].items()])]
    return parts


def _bars(result: dict[str, Any]) -> str:
    """Return the headline figures with what is asked of each."""
    rows = []
    for name, value, bar, holds in wording.bars(result):
        word = "" if holds is None else "holds" if holds else "fails"
        state = f'<td class="{word}">{word}</td>'
        rows.append(f"<tr><td>{escape(name)}</td>{_cell(value)}<td>{escape(bar)}</td>{state}</tr>")
    return f"<table><tr><th>figure</th><th>measured</th><th>asked</th><th></th></tr>{''.join(rows)}</table>"


def _predicates(found: Mapping[str, Mapping[str, Any]]) -> str:
    headings = ("predicate", "said", "precision", "supportable", "recall", "recall of all")
    keys = ("propositions", "precision", "supportable", "recall", "recall_all")
    return table(headings, [(name, *(one[key] for key in keys)) for name, one in found.items()])


def _ablations(found: Mapping[str, Mapping[str, Any]]) -> str:
    keys = list(next(iter(found.values())))
    rows = [(name.replace("_", " "), *(one[key] for key in keys)) for name, one in found.items()]
    return table(("steps", *(key.replace("_", " ") for key in keys)), rows)


def _plain(result: Mapping[str, Any]) -> list[str]:
    """Return any result as it is: figures by their path, lists of records as tables."""
    flat = list(_flat(result, ""))
    parts = [table(("figure", "measured"), [pair for pair in flat if not _is_records(pair[1])])]
    for path, value in flat:
        if _is_records(value):
            parts += [f"<h3>{escape(path)}</h3>", _records(value)]
    return parts


def _flat(value: Any, path: str) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _records(found: Sequence[Mapping[str, Any]]) -> str:
    if not found:
        return "<p>Nothing.</p>"
    keys = list(found[0])
    more = f"<p>and {len(found) - _MOST_ROWS} more in the JSON</p>" if len(found) > _MOST_ROWS else ""
    return (
        table([key.replace("_", " ") for key in keys], [[one.get(key) for key in keys] for one in found[:_MOST_ROWS]])
        + more
    )


def _cell(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f'<td class="n">{_text(value)}</td>' if number else f"<td>{escape(_text(value))}</td>"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple):
        return ", ".join(_text(one) for one in value)
    return "" if value is None else str(value)
