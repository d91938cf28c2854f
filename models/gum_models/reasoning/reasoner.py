"""The tasks of a model engine; where the model runs is the business of each engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from gum.errors import EngineError, NotFoundError
from gum.protocols import EpisodeContext
from gum.records import SENSITIVE_CATEGORIES, Candidate, Draft, Frame, Observation, Proposition, Relation
from gum_models.reasoning import blocks, prompts, replies
from gum_models.reasoning.keyframes import key_frames
from gum_models.reasoning.pictures import encoded

CHARACTERS = 6000


class PromptTooLongError(EngineError):
    """A prompt does not fit the model's context; the same with less data may."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model.

    `shared` is what further calls on the same material begin with too; `images` are encoded pictures of any form that
    Pillow reads, and stand between it and the task.
    """

    system: str
    shared: str
    task: str
    schema: dict[str, Any]
    max_tokens: int
    images: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Usage:
    """How often a model was asked, how many images it was shown, and how many items it said were dropped."""

    calls: int = 0
    images: int = 0
    dropped: int = 0


class ModelReasoner(ABC):
    """A model behind the `Reasoner` protocol; a subclass says how one prompt is completed.

    It works beside the built-in engine, on a queue of its own and under a budget (`is_model`).
    """

    is_model = True
    name: str
    author: str
    #: Whether the model can be shown images.
    sees: bool = False
    #: How much screen text a prompt may hold.
    characters: int = CHARACTERS

    def __init__(self) -> None:
        self.usage = Usage()
        self._drops: list[str] = []
        self._touched: dict[str, str] = {}
        self._material: tuple[blocks.Material, tuple[bytes, ...]] | None = None

    @abstractmethod
    def complete(self, prompt: Prompt) -> str:
        """Return the model's whole answer to a prompt.  Raises EngineError, EngineUnavailableError."""

    def stream(self, prompt: Prompt) -> Generator[str]:
        """Yield the answer in pieces as it comes; here, in one."""
        yield self.complete(prompt)

    # ------------------------------------------------------------------ the five tasks

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return the drafts that the model states of an episode; broken items are dropped and counted.

        What does not fit the model is asked again with half the screen text, and once more with a quarter.
        """
        images = self._images(context)
        for part in (1, 2, 4):
            material = blocks.of_context(context, self.characters // part)
            if not material.quotes:
                return []
            self._material = (material, images)
            try:
                schema = prompts.propose_schema(list(material.quotes), against=bool(context.neighbours))
                reply = self._ask(prompts.PROPOSE, material.text, schema, 1200, images, again=part > 1)
                break
            except PromptTooLongError:
                if part == 4:
                    raise
        said = replies.items(reply, "propositions")
        drafts = [replies.draft(item, material.quotes) for item in said.items]
        self._dropped(said.broken + drafts.count(None))
        stated = zip(said.items, drafts, strict=True)
        self._touched = {one.text: str(item.get("touches", "")) for item, one in stated if one is not None}
        return _merged([one for one in drafts if one is not None])

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Return one relation for each neighbour, from one call."""
        return self.relate_all([draft], [neighbours])[0]

    def relate_all(
        self, drafts: Sequence[Draft], neighbours: Sequence[Sequence[Proposition]]
    ) -> Sequence[Sequence[Relation]]:
        """Return the relations of each draft to its own neighbours, all from one call.

        What the model was asked before on the same material is where its prompt begins.
        """
        old = list({one.text: one for several in neighbours for one in several}.values())
        if not old:
            return [[] for _ in drafts]
        listed = ["New:", *(f"{number}. {one.text}" for number, one in enumerate(drafts, start=1))]
        listed += ["Old:", *(f"{number}. {one.text}" for number, one in enumerate(old, start=1))]
        task = prompts.RELATE.format(statements="\n".join(blocks.contained(line) for line in listed))
        shared, images = (self._material[0].text, self._material[1]) if self._material else ("", ())
        schema = prompts.relate_schema(len(drafts), len(old))
        try:
            reply = self._ask(task, shared, schema, 640, images, again=True)
        except PromptTooLongError:
            reply = self._ask(task, "", schema, 640)
        said = _relations(replies.items(reply, "pairs"), len(drafts), old)
        return [
            [said.get((number, one.text), Relation.UNRELATED) for one in several]
            for number, several in enumerate(neighbours)
        ]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        """Return the notes that the model offers to write, each resting on one proposition."""
        known = tuple(propositions)[: blocks.MOST_KNOWN]
        if not known:
            return []
        screen = blocks.of_context(_with_known(context, known), self.characters).text
        reply = self._ask(prompts.SUGGEST, screen, prompts.suggest_schema(len(known)), 1600)
        said = replies.items(reply, "suggestions")
        offers = [_candidate(item, known, self.name) for item in said.items]
        self._dropped(said.broken + offers.count(None))
        return list({one.key: one for one in reversed(offers) if one is not None}.values())[::-1]

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        """Answer from the propositions alone, citing each by its id."""
        said = replies.string(self.complete(self._question(question, propositions)), "answer")
        return "".join(replies.unrepeated([said])).strip()

    def answer_stream(self, question: str, propositions: Sequence[Proposition]) -> Iterator[str]:
        """Yield the words of an answer as they come; one that begins to go round in circles is ended."""
        with closing(self.stream(self._question(question, propositions))) as told:
            yield from replies.unrepeated(replies.string_pieces(told))

    def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
        """Return the text as the person wishes it, from itself and the statements alone."""
        known = blocks.block("known", (f"{number}. {one}" for number, one in enumerate(statements, start=1)))
        shared = known + blocks.block("draft", text[: self.characters].splitlines())
        task = prompts.REWRITE.format(wish=blocks.contained(wish))
        said = replies.items(self._ask(task, shared, prompts.REWRITE_SCHEMA, 1600), "parts")
        self._dropped(said.broken)
        return "\n\n".join(str(part.get("text", "")).strip() for part in said.items)

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return a sentence on what the frame shows; empty when the model cannot see."""
        if not self.sees:
            return ""
        shown = blocks.block("screen", [f"[0] {observation.app}, {observation.title!r}"])
        reply = self._ask(prompts.CAPTION, shown, prompts.CAPTION_SCHEMA, 200, (encoded(frame),))
        return replies.string(reply, "caption")

    # ------------------------------------------------------------------ what the pipeline may ask

    def take_drops(self) -> list[str]:
        """Return why items of this engine were dropped since this was last asked."""
        drops, self._drops = self._drops, []
        return drops

    def audit(self, drafts: Sequence[Draft]) -> Sequence[Sequence[str]]:
        """Return which delicate matters each draft touches, as the model said when it stated it."""
        named = [self._touched.get(one.text, prompts.NOTHING) for one in drafts]
        return [[name] if name in SENSITIVE_CATEGORIES else [] for name in named]

    def _dropped(self, count: int) -> None:
        self.usage.dropped += count
        self._drops += ["an item of the model's answer that broke its form was dropped"] * count

    def _question(self, question: str, propositions: Sequence[Proposition]) -> Prompt:
        task = prompts.ANSWER.format(question=blocks.contained(question))
        self.usage.calls += 1
        return Prompt(prompts.SYSTEM, blocks.cited(propositions), task, prompts.ANSWER_SCHEMA, 700)

    def _images(self, context: EpisodeContext) -> tuple[bytes, ...]:
        """Return the key frames that are still kept, as many as the context allows."""
        if not self.sees:
            return ()
        found = []
        for one in key_frames(context.observations, context.images):
            try:
                found.append(context.frame(one.frame))
            except NotFoundError:  # trimmed meanwhile
                continue
        return tuple(found)

    def _ask(
        self,
        task: str,
        shared: str,
        schema: dict[str, Any],
        max_tokens: int,
        images: tuple[bytes, ...] = (),
        *,
        again: bool = False,
    ) -> str:
        """Complete one prompt; `again` says that its images were shown before and cost nothing anew."""
        self.usage.calls += 1
        self.usage.images += 0 if again else len(images)
        return self.complete(Prompt(prompts.SYSTEM, shared, task, schema, max_tokens, images))


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with those that say the same in one, which has the quotes of all."""
    found: dict[str, Draft] = {}
    for one in drafts:
        first = found.setdefault(one.text.casefold().rstrip(". "), one)
        quotes = tuple(dict.fromkeys((*first.quotes, *one.quotes)))
        found[one.text.casefold().rstrip(". ")] = replace(first, quotes=quotes)
    return list(found.values())


def _relations(said: replies.Items, drafts: int, old: Sequence[Proposition]) -> dict[tuple[int, str], Relation]:
    """Return what was said of each pair, by the draft's place and the old text; the first word on a pair holds."""
    found: dict[tuple[int, str], Relation] = {}
    for item in said.items:
        try:
            new, known, relation = int(item["new"]), int(item["old"]), Relation(str(item["relation"]).lower())
        except (KeyError, TypeError, ValueError):
            continue
        if 1 <= new <= drafts and 1 <= known <= len(old):
            found.setdefault((new - 1, old[known - 1].text), relation)
    return found


def _with_known(context: EpisodeContext, known: tuple[Proposition, ...]) -> EpisodeContext:
    return replace(context, neighbours=known)


def _candidate(item: dict[str, Any], known: Sequence[Proposition], engine: str) -> Candidate | None:
    """Return the note that one item offers, or None when its form is broken; nothing but a note can be offered."""
    try:
        ground = int(item["rests_on"])
        title, note = str(item["title"]).strip(), str(item["note"]).strip()
        if not title or not note or not 1 <= ground <= len(known):
            return None
        rests_on = known[ground - 1]
        return Candidate(
            kind="note",
            title=title,
            why=str(item["why"]).strip(),
            action="note",
            payload={"title": title, "markdown": note},
            propositions=(rests_on.id,),
            p_useful=round(rests_on.probability * replies.bounded(item["useful"]) / 10, 3),
            benefit=replies.bounded(item["benefit"]),
            cost_false_alarm=replies.bounded(item["cost_of_disturbing"]),
            cost_silence=replies.bounded(item["cost_of_silence"]),
            key=f"{engine}:{title.casefold()}:{rests_on.id}",
        )
    except (KeyError, TypeError, ValueError):
        return None
