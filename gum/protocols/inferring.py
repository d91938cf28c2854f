"""Engines: what they may look at, and the tasks that they can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from gum.errors import NotFoundError
from gum.records import Candidate, Draft, Episode, Frame, Observation, Proposition, Relation


def _no_frame(sha: str) -> bytes:
    raise NotFoundError(f"The frame {sha[:12]} is not kept.")


@dataclass(frozen=True, slots=True)
class EpisodeContext:
    """What an engine may look at: the episode, its observations, and what came before.

    `history` holds the episodes before this one, oldest first, the last `history_days` days at most;
    `earlier(episode_id)` gives the observations of one of them.  `neighbours` are known propositions
    near the episode.  `user_name` is empty when unknown.  `now` is the time of the episode's end.

    A model is given several episodes in a row at once: `episodes` holds them, oldest first (empty stands for `episode`
    alone), and `observations` are those of all.  `statements` is what counting says of the same episodes; `frame(sha)`
    returns a kept image, encoded (raises NotFoundError), and `images` how many of them may be shown.
    """

    episode: Episode
    observations: tuple[Observation, ...]
    history: tuple[Episode, ...]
    earlier: Callable[[int], Sequence[Observation]]
    neighbours: tuple[Proposition, ...]
    now: datetime
    user_name: str = ""
    rules: tuple[str, ...] = ()
    episodes: tuple[Episode, ...] = ()
    statements: tuple[str, ...] = ()
    frame: Callable[[str], bytes] = _no_frame
    images: int = 0


class Reasoner(Protocol):
    """An engine: proposes drafts, relates them, suggests, answers, captions (paper sections 5.3-5.5).

    `author` names engine, model and prompt version, as in 'statistical/1'.

    An engine with a true attribute `is_model` works beside the built-in one, on several episodes at once, when it
    disturbs nobody and within a budget of calls.  It may also offer `relate_all(drafts, neighbours)`, which relates all
    drafts in one call, `answer_stream(question, propositions)`, which yields an answer in pieces, `take_drops()`, the
    reasons why items of its answers were dropped, `usage` with its counts of `calls` and `images`, `cancel()`,
    `condition()`, how it is in words, and `leaves_to`, the server that it sends things to.
    """

    name: str
    author: str

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return drafts from the episode, with quotes.  Raises EngineError."""
        ...

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Return one relation for each neighbour.  Raises EngineError."""
        ...

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]: ...

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str: ...

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return a sentence on what the frame shows; empty when the engine cannot see."""
        ...


@runtime_checkable
class Auditing(Protocol):
    """What an engine may offer beside `Reasoner`: its own eye for what is sensitive; the rules hold all the same."""

    def audit(self, drafts: Sequence[Draft]) -> Sequence[Sequence[str]]:
        """Return for each draft the sensitive categories that it touches, as named in `gum.infer.audit.CATEGORIES`.

        Raises EngineError.
        """
        ...


@runtime_checkable
class Reranking(Protocol):
    """What an engine may offer beside `Reasoner`: the last word on the order of what search found."""

    def rerank(self, query: str, propositions: Sequence[Proposition]) -> Sequence[float]:
        """Return for each proposition how well it serves the query, the higher the better.  Raises EngineError."""
        ...


@runtime_checkable
class Forwarding(Protocol):
    """What an engine may offer beside `Reasoner`: passing a chat on to the server that it asks itself."""

    def forward(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to an OpenAI-compatible chat request, as the server gives it.  Raises EngineError."""
        ...

    def forward_stream(self, body: dict[str, Any]) -> Iterator[str]:
        """Yield the lines of the answer as server-sent events, as they come.  Raises EngineError."""
        ...


@runtime_checkable
class Writing(Protocol):
    """What an engine may offer beside `Reasoner`: prose from sentences, for the portrait."""

    def write(self, title: str, sentences: Sequence[str]) -> str:
        """Return a short paragraph that says what the sentences say and nothing else.  Raises EngineError."""
        ...


@runtime_checkable
class Rewriting(Protocol):
    """What an engine may offer beside `Reasoner`: a result's text written anew as the person wishes."""

    def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
        """Return the text as wished, from itself and from these statements alone.  Raises EngineError."""
        ...
