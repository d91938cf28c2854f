"""Offers to put together, before a deadline or a promised day, what was read and written on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.documents import Document, on, opened
from gum.suggest.kinds.pages import Page, about, visited
from gum.suggest.kinds.promises import DUE, day_of, in_words
from gum.suggest.kinds.wording import as_written

SOON_DAYS = 3
_USEFUL = 0.55  # of right deadlines at hand with something on them, the share that is worth a list


class PrepareSuggester:
    """What is due within three days, with the documents and pages on it, becomes a note with boxes to tick."""

    kind = "prepare"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each thing due soon on which something was read or written."""
        pages, documents = visited(situation), opened(situation)
        found = []
        for known in situation.propositions:
            if known.claim is None or known.claim.predicate not in DUE or (day := day_of(known)) is None:
                continue
            read, wrote = about(pages, known.claim.object), on(documents, known.claim.object)
            if 0 <= (day - situation.now.date()).days <= SOON_DAYS and (read or wrote):
                found.append(_candidate(known, day, read, wrote, situation.now))
        return found


def _candidate(known: Proposition, day: date, read: list[Page], wrote: list[Document], now: datetime) -> Candidate:
    what = as_written(known)
    left = (day - now.date()).days
    when = ("today", "tomorrow")[left] if left < 2 else f"in {left} days"
    return Candidate(
        kind="prepare",
        title=f"Prepare '{what}', due {when}",
        why=f"It is due on {in_words(day)}; on it you had open: documents {len(wrote)}, pages {len(read)}.",
        action="note",
        payload={"title": f"Prepare {what}", "markdown": _markdown(what, day, read, wrote)},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=7,
        cost_false_alarm=3,
        cost_silence=3,
        key=f"prepare:{known.claim.object if known.claim else what}:{day.isoformat()}",
        expires_at=datetime.combine(day + timedelta(days=1), time(), now.tzinfo),
    )


def _markdown(what: str, day: date, read: list[Page], wrote: list[Document]) -> str:
    lines = [f"# {what[:1].upper()}{what[1:]}", "", f"Due {in_words(day)}.", ""]
    if wrote:
        lines += ["Documents:", "", *(one.line().replace("- ", "- [ ] ", 1) for one in wrote), ""]
    if read:
        lines += ["Read:", "", *(page.line() for page in read), ""]
    return "\n".join(lines)
