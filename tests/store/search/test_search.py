"""Search: any text may be asked, the filters hold, and what is meant is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from gum.errors import EmbedderError, EngineError
from gum.paths import Home
from gum.records import Kind, Proposition, Status, Theme, Trust
from gum.store import SearchQuery, Store
from tests.store.conftest import START, BagEmbedder, HandClock

Make = Callable[..., Proposition]
DAY = timedelta(days=1)


def _ids(store: Store, text: str, **filters: object) -> list[int]:
    return [hit.proposition.id for hit in store.search(SearchQuery(text, **filters))]  # type: ignore[arg-type]


def _add(store: Store, made: Proposition) -> int:
    return store.propositions.add(made, "e", "c").id


# ------------------------------------------------------------------ by words


def test_without_an_embedder_words_answer_alone_and_say_so(store: Store, proposition: Make) -> None:
    tea = _add(store, proposition("The user drinks green tea."))
    _add(store, proposition("The user plays chess."))
    (hit,) = store.search(SearchQuery("who drinks tea?"))
    assert (hit.proposition.id, hit.arms) == (tea, ("words",))
    assert 0 < hit.score <= 1


def test_words_are_found_in_any_form_and_with_or_without_accents(store: Store, proposition: Make) -> None:
    one = _add(store, proposition("The user was debugging café résumés."))
    assert _ids(store, "debugs") == [one]
    assert _ids(store, "CAFE") == [one]
    assert _ids(store, "re\u0301sume\u0301s") == [one]


def test_reasoning_is_searched_too(store: Store, proposition: Make) -> None:
    one = _add(store, proposition("The user likes mornings.", reasoning="Commits pile up before breakfast."))
    assert _ids(store, "breakfast") == [one]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("用户喜欢喝绿茶。", "绿茶"),
        ("用户喜欢喝绿茶。", "茶"),
        ("ユーザーは東京に住んでいる。", "東京"),
        ("사용자는 서울에 산다.", "서울"),
        ("ผู้ใช้ชอบดื่มชา", "ดื่ม"),
    ],
)
def test_scripts_without_spaces_are_found_by_two_characters_or_one(
    store: Store, proposition: Make, text: str, asked: str
) -> None:
    one = _add(store, proposition(text))
    _add(store, proposition("用户住在柏林。"))
    assert _ids(store, asked) == [one]


def test_an_edited_text_is_found_by_its_new_words_only(store: Store, proposition: Make) -> None:
    one = _add(store, proposition("用户喜欢喝绿茶。 green"))
    store.propositions.update(one, {"text": "用户喜欢喝咖啡。 black"}, "person", "edit")
    assert (_ids(store, "绿茶"), _ids(store, "green")) == ([], [])
    assert (_ids(store, "咖啡"), _ids(store, "black")) == ([one], [one])


def test_common_words_and_the_persons_name_ask_for_nothing(meaning: Store, home: Home, proposition: Make) -> None:
    _add(meaning, proposition("Jordan Lee drinks tea."))
    assert meaning.search(SearchQuery("what does the user Jordan Lee do?")) == []
    assert len(meaning.search(SearchQuery("what does Jordan Lee drink?"))) == 1


@pytest.mark.parametrize("text", ["", "   ", "...", "¿?", "the of and", '"', "(", "a OR", "NEAR(", "-", "*", "\x00"])
def test_a_text_with_nothing_to_look_for_finds_nothing(store: Store, proposition: Make, text: str) -> None:
    _add(store, proposition())
    assert store.search(SearchQuery(text)) == []


# ------------------------------------------------------------------ by meaning, and both


@pytest.fixture
def embedder() -> BagEmbedder:
    """It knows that some words mean the same."""
    return BagEmbedder({"sips": "drinks", "oolong": "tea", "constantly": "often"})


def test_what_is_meant_is_found_without_its_words(meaning: Store, proposition: Make) -> None:
    tea = _add(meaning, proposition("The user drinks tea often."))
    _add(meaning, proposition("Nobody plays chess here anymore."))
    meaning.index.flush()
    first = meaning.search(SearchQuery("Jordan Lee sips oolong constantly"))[0]
    assert (first.proposition.id, first.arms) == (tea, ("meaning",))


def _broken(_: Sequence[str]) -> list[list[float]]:
    raise EmbedderError("It has no breath.")


def test_what_was_asked_lately_is_not_embedded_again_and_a_failure_is_not_remembered(
    meaning: Store, embedder: BagEmbedder, proposition: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = _add(meaning, proposition("The user drinks tea often."))
    meaning.index.flush()
    with monkeypatch.context() as broken:
        broken.setattr(embedder, "embed", _broken)
        assert _ids(meaning, "sips oolong") == []
        assert [hit.arms for hit in meaning.search(SearchQuery("drinks tea"))] == [("words",)]
    embedder.texts.clear()
    assert [_ids(meaning, "sips oolong") for _ in range(3)] == [[tea]] * 3
    assert embedder.texts == ["sips oolong"]
    for number in range(70):
        meaning.search(SearchQuery(f"number {number}"))
    embedder.texts.clear()
    assert _ids(meaning, "sips oolong") == [tea]
    assert embedder.texts == ["sips oolong"]


def test_an_identifier_beats_texts_that_only_sound_alike(meaning: Store, proposition: Make) -> None:
    for number in range(30):
        _add(meaning, proposition(f"The user works on ticket BP-{100 + number} today."))
    meaning.index.flush()
    first = meaning.search(SearchQuery("what about ticket BP-117 today"))[0]
    assert first.proposition.text == "The user works on ticket BP-117 today."
    assert first.arms == ("words", "meaning")


def test_what_has_no_vector_yet_is_found_by_its_words(meaning: Store, proposition: Make) -> None:
    meaning.index.flush()
    new = _add(meaning, proposition("The user drinks tea."))
    (hit,) = meaning.search(SearchQuery("tea"))
    assert (hit.proposition.id, hit.arms) == (new, ("words",))


def test_the_same_question_gets_the_same_answer(meaning: Store, proposition: Make) -> None:
    for number in range(60):
        _add(meaning, proposition(f"The user reads {['bees', 'rust', 'chess'][number % 3]} on day {number // 3}."))
    meaning.index.flush()
    query = SearchQuery("reads about rust", limit=12)
    first = meaning.search(query)
    assert [meaning.search(query) for _ in range(3)] == [first] * 3
    assert len(first) == 12


# ------------------------------------------------------------------ filters


@pytest.mark.parametrize("kind_of_store", ["store", "meaning"])
def test_filters_hold_in_both_arms(request: pytest.FixtureRequest, kind_of_store: str, proposition: Make) -> None:
    store: Store = request.getfixturevalue(kind_of_store)
    wanted = _add(store, proposition("tea at work", probability=0.9, kind=Kind.ROUTINE, theme=Theme.WORK))
    _add(store, proposition("tea at home", probability=0.3))
    _add(store, proposition("tea rejected", probability=0.9, status=Status.REJECTED))
    old = _add(store, proposition("tea long ago", first_seen=START - 90 * DAY, last_supported=START - 80 * DAY))
    store.index.flush()
    assert _ids(store, "tea", min_probability=0.8) == [wanted]
    assert _ids(store, "tea", kinds=[Kind.ROUTINE]) == _ids(store, "tea", themes=[Theme.WORK]) == [wanted]
    assert _ids(store, "tea", until=START - 10 * DAY) == [old]
    assert old not in _ids(store, "tea", since=START - 10 * DAY)
    assert len(_ids(store, "tea", statuses=[Status.REJECTED])) == 1
    assert len(_ids(store, "tea")) == 3
    assert len(_ids(store, "tea", limit=2)) == 2
    assert _ids(store, "tea", limit=0) == []


def test_a_narrow_filter_still_finds_what_is_far_down_the_list(meaning: Store, proposition: Make) -> None:
    for number in range(300):
        _add(meaning, proposition(f"The user drinks tea {number}"))
    rare = _add(meaning, proposition("Something quite different", kind=Kind.SKILL))
    meaning.index.flush()
    assert _ids(meaning, "The user drinks tea", kinds=[Kind.SKILL]) == [rare]


def test_as_of_answers_with_what_was_known_then(store: Store, proposition: Make, clock: HandClock) -> None:
    one = _add(store, proposition("The user drinks tea."))
    clock.move(days=2)
    store.propositions.update(one, {"status": Status.RETIRED, "probability": 0.1}, "person", "retire")
    assert _ids(store, "tea") == []
    (hit,) = store.search(SearchQuery("tea", as_of=START + DAY))
    assert (hit.proposition.status, hit.proposition.probability) == (Status.ACTIVE, 0.5)
    assert store.search(SearchQuery("tea", as_of=START - DAY)) == []


# ------------------------------------------------------------------ the parts


def test_the_likelier_and_the_newer_come_first_among_equals(store: Store, proposition: Make, clock: HandClock) -> None:
    unlikely = _add(store, proposition("tea", probability=0.2))
    likely = _add(store, proposition("tea", probability=0.9))
    newer = _add(store, proposition("tea", probability=0.9, last_supported=START + 90 * DAY))
    clock.move(days=100)
    assert _ids(store, "tea") == [newer, likely, unlikely]
    assert _ids(store, "tea", recency=False) == [likely, newer, unlikely]


def test_diversity_prefers_the_unlike_and_can_be_switched_off(meaning: Store, proposition: Make) -> None:
    same = [_add(meaning, proposition("green tea", probability=0.6)) for _ in range(2)]
    other = [_add(meaning, proposition("mill stone", probability=0.5)) for _ in range(2)]
    meaning.index.flush()
    question = "green tea mill stone"
    assert _ids(meaning, question, limit=2, recency=False) == [same[0], other[0]]
    assert _ids(meaning, question, limit=2, recency=False, diversity=False) == same


# ------------------------------------------------------------------ the past


def test_the_past_is_found_by_its_own_words(meaning: Store, proposition: Make, clock: HandClock) -> None:
    one = _add(meaning, proposition("The user drinks tea."))
    other = _add(meaning, proposition("The user mends clocks."))
    meaning.index.flush()
    before = clock()
    clock.move(days=3)
    meaning.propositions.update(one, {"text": "The user grinds grain."}, "engine", "refined")
    meaning.index.flush()
    assert _ids(meaning, "grinds grain", limit=1) == [one]
    (hit,) = meaning.search(SearchQuery("tea", as_of=before, limit=1))
    assert (hit.proposition.id, hit.proposition.text) == (one, "The user drinks tea.")
    assert _ids(meaning, "mends clocks", as_of=before, limit=1) == [other]


def test_probability_status_and_trust_are_those_of_the_instant(
    store: Store, proposition: Make, clock: HandClock
) -> None:
    one = _add(store, proposition("tea", probability=0.3, raw_probability=0.3, status=Status.CANDIDATE))
    course = []
    for probability in (0.6, 0.9, 0.05):
        course.append((clock(), store.propositions.get(one)))
        clock.move(days=1)
        status = Status.ACTIVE if probability > 0.5 else Status.RETIRED
        store.propositions.set_probability(one, probability, probability, status, Trust.TYPED, clock())
    for moment, then in course:
        (hit,) = store.search(SearchQuery("tea", as_of=moment))
        assert hit.proposition == then
    assert _ids(store, "tea", as_of=course[0][0], min_probability=0.5) == []
    assert _ids(store, "tea", as_of=course[2][0], min_probability=0.85) == [one]
    assert _ids(store, "tea", as_of=course[0][0], statuses=[Status.CANDIDATE]) == [one]
    assert _ids(store, "tea", as_of=course[1][0], statuses=[Status.CANDIDATE]) == []


def test_what_was_replaced_later_was_still_valid_then(store: Store, proposition: Make, clock: HandClock) -> None:
    one = _add(store, proposition("lives in Bergen", kind=Kind.FACT))
    clock.move(days=10)
    learned = clock()
    store.propositions.update(one, {"valid_to": START + 2 * DAY, "kind": Kind.STATE}, "engine", "moved")
    assert _ids(store, "Bergen", as_of=START + 5 * DAY) == [one]
    assert _ids(store, "Bergen", as_of=START + 5 * DAY, kinds=[Kind.FACT]) == [one]
    assert _ids(store, "Bergen", as_of=learned) == []


def test_small_fading_takes_no_row(store: Store, proposition: Make, clock: HandClock) -> None:
    one = _add(store, proposition("tea", probability=0.9))
    for step in range(100):
        clock.move(hours=1)
        store.propositions.set_probability(one, 0.9 - step / 1000, 0.9)
    assert 1 < store._sql.value("SELECT count(*) FROM believed") < 8


# ------------------------------------------------------------------ support, order


def test_what_has_almost_no_support_is_kept_but_hidden(store: Store, proposition: Make) -> None:
    one = _add(store, proposition("tea", probability=0.1))
    assert _ids(store, "tea") == []
    assert _ids(store, "tea", min_probability=0.0) == [one]


@pytest.mark.parametrize(
    ("text", "asked"), [("loves 🐝 bees", "🐝 bees"), ("über Straßenbahnen", "Strassenbahnen uber")]
)
def test_accents_emoji_and_umlauts_are_no_hindrance(store: Store, proposition: Make, text: str, asked: str) -> None:
    one = _add(store, proposition(text))
    _add(store, proposition("keeps 🐞"))
    assert _ids(store, asked) == [one]


def test_an_engine_has_the_last_word_on_the_order_when_asked(store: Store, proposition: Make) -> None:
    ids = [_add(store, proposition(f"tea {number}")) for number in range(6)]
    asked: list[list[int]] = []

    def newest_first(_: str, found: Sequence[Proposition]) -> list[float]:
        asked.append([one.id for one in found])
        return [float(one.id) for one in found]

    assert _ids(store, "tea", limit=3, rerank=newest_first) == ids[::-1][:3]
    assert len(asked[0]) == 6


def test_an_engine_that_fails_leaves_the_order(store: Store, proposition: Make) -> None:
    for number in range(4):
        _add(store, proposition(f"tea {number}"))

    def broken(_: str, __: Sequence[Proposition]) -> list[float]:
        raise EngineError("no answer")

    assert _ids(store, "tea", limit=2, rerank=broken) == _ids(store, "tea", limit=2)


def test_what_was_taken_back_is_not_found_by_its_meaning(meaning: Store, proposition: Make) -> None:
    one = _add(meaning, proposition("The user drinks tea."))
    meaning.index.flush()

    def fail() -> None:
        with meaning.transaction():
            meaning.propositions.update(one, {"text": "The user grinds grain."}, "engine", "refined")
            meaning.search(SearchQuery("grain"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert meaning.propositions.nearest("The user drinks tea.", 1)[0][1] == pytest.approx(1, abs=2e-3)


def test_emoji_of_an_older_home_are_found_after_its_migration(home: Home, proposition: Make) -> None:
    with Store.open(home) as store:
        one = _add(store, proposition("keeps 🐝"))
        store._sql.write("UPDATE propositions SET bigrams=''")
        store._sql.write("DELETE FROM _sqlite_migrations WHERE name='m009_emoji'")
        assert _ids(store, "🐝") == []
    with Store.open(home) as store:
        assert _ids(store, "🐝") == [one]
