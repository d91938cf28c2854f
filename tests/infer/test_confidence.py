"""Confidence: from evidence to a probability, by DESIGN 5 alone."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.infer.confidence import CAPS, HALF_LIVES, PRIORS, Belief, believe, weight_of
from gum.records import Durability, Evidence, Kind, Stance, Trust

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def piece(
    days: float = 0.0,
    *,
    episode: int = 1,
    strength: int = 7,
    trust: Trust = Trust.SYSTEM,
    stance: Stance = Stance.FOR,
) -> Evidence:
    return Evidence(1, episode, episode, stance, "quote", weight_of(strength), trust, NOW - timedelta(days=days))


def belief(
    *evidence: Evidence,
    durability: Durability = Durability.PROJECT,
    now: datetime = NOW,
    confirmed_at: datetime | None = None,
) -> Belief:
    return believe(Kind.INTEREST, durability, evidence, now, confirmed_at)


def p(
    *evidence: Evidence,
    durability: Durability = Durability.PROJECT,
    now: datetime = NOW,
    confirmed_at: datetime | None = None,
) -> float:
    return belief(*evidence, durability=durability, now=now, confirmed_at=confirmed_at).probability


def test_without_evidence_there_is_only_the_prior() -> None:
    assert p() == pytest.approx(PRIORS[Kind.INTEREST])


def test_one_piece_adds_its_published_weight() -> None:
    # logit(.25) + 2.3 = 1.2014
    assert p(piece()) == pytest.approx(0.7688, abs=1e-4)


def test_the_rows_of_one_episode_count_once() -> None:
    assert p(piece(), piece(strength=5), dataclasses.replace(piece(), observation=9)) == p(piece())


def test_another_episode_of_the_same_day_adds_almost_nothing_and_another_day_adds_much() -> None:
    one = p(piece(strength=4))
    same_day = p(piece(strength=4), piece(0.01, episode=2, strength=4))
    other_day = p(piece(strength=4), piece(1, episode=2, strength=4))
    assert one < same_day < one + 0.03
    assert other_day > one + 0.08


def test_days_add_up_like_a_logarithm() -> None:
    days = [
        p(*(piece(n, episode=n, strength=2) for n in range(count)), durability=Durability.TRAIT)
        for count in range(1, 30)
    ]
    steps = [later - sooner for sooner, later in itertools.pairwise(days)]
    assert all(step > 0 for step in steps)
    assert steps[-1] < steps[0] / 5


@pytest.mark.parametrize("durability", list(Durability))
def test_a_weight_has_halved_after_the_half_life_of_its_durability(durability: Durability) -> None:
    later = NOW + HALF_LIVES[durability]
    assert p(piece(strength=6), durability=durability, now=later) == pytest.approx(
        1 / (1 + 3 * 2.718281828 ** -(weight_of(6) / 2)), abs=1e-6
    )


@pytest.mark.parametrize("days", [1, 7, 90])
def test_a_lasting_fact_outranks_a_glance(days: int) -> None:
    later = NOW + timedelta(days=days)
    glance = p(piece(strength=9), durability=Durability.MOMENT, now=later)
    assert p(piece(), durability=Durability.TRAIT, now=later) > glance


def test_a_moment_fades_within_hours() -> None:
    assert p(piece(strength=9), durability=Durability.MOMENT, now=NOW + timedelta(hours=6)) < 0.3


def routine(days: list[float], after: float) -> float:
    seen = [piece(day, episode=n) for n, day in enumerate(days)]
    return believe(Kind.ROUTINE, Durability.PHASE, seen, NOW + timedelta(days=after)).probability


def test_a_routine_is_judged_by_its_recurrence_and_not_by_its_age() -> None:
    weekly, daily = [7.0 * n for n in range(8)], [float(n) for n in range(8)]
    assert routine(weekly, 13) == routine(weekly, 0)
    assert routine(daily, 13) < routine(daily, 0)
    assert routine([350 + day for day in weekly], 0) < 0.3, "one that has stopped is over, however long it held"
    kept_for_a_year = [7.0 * n for n in range(52)]
    assert routine(kept_for_a_year, 0) >= routine(weekly, 0)


def test_untrusted_text_alone_never_passes_its_cap_however_often_it_repeats() -> None:
    ads = [piece(n, episode=n, strength=10, trust=Trust.UNTRUSTED) for n in range(50)]
    assert p(*ads) == pytest.approx(CAPS[Trust.UNTRUSTED])


def test_an_advert_that_repeats_a_fact_does_not_mute_it() -> None:
    typed = piece(strength=8, trust=Trust.TYPED)
    assert p(typed, piece(episode=2, strength=10, trust=Trust.UNTRUSTED)) >= p(typed)


def test_trust_is_that_of_the_highest_class_that_carries_the_belief_alone() -> None:
    typed, screen = piece(strength=8, trust=Trust.TYPED), piece(1, episode=2, strength=8, trust=Trust.SCREEN)
    assert belief(typed, screen).trust is Trust.TYPED
    weak = piece(strength=1, trust=Trust.TYPED)
    assert belief(weak, screen).trust is Trust.SCREEN


def test_a_scrap_of_trusted_text_does_not_raise_the_ceiling_of_what_untrusted_text_carries() -> None:
    ads = [piece(n, episode=n + 2, strength=10, trust=Trust.UNTRUSTED) for n in range(9)]
    found = belief(piece(strength=1, trust=Trust.TYPED), *ads)
    assert (found.trust, found.bound) == (Trust.UNTRUSTED, Trust.UNTRUSTED)


def test_evidence_against_lowers_and_a_refuted_belief_does_not_creep_back() -> None:
    told = [piece(3, strength=6), piece(1, episode=2, strength=9, stance=Stance.AGAINST)]
    assert p(*told) < p(told[0])
    over_time = [p(*told, now=NOW + timedelta(days=days)) for days in (0, 10, 100, 1000)]
    assert over_time == sorted(over_time, reverse=True)


def test_new_support_after_a_refutation_counts_again() -> None:
    told = [piece(200, strength=6), piece(190, episode=2, strength=9, stance=Stance.AGAINST)]
    anew = [piece(n, episode=10 + n, strength=6) for n in range(3)]
    assert p(*told, *anew) > 0.6


def test_untrusted_text_can_hardly_lower_what_the_person_typed() -> None:
    typed = [piece(n, episode=n, strength=9, trust=Trust.TYPED) for n in range(4)]
    adverts = [piece(0, episode=20 + n, strength=10, trust=Trust.UNTRUSTED, stance=Stance.AGAINST) for n in range(20)]
    assert p(*typed, *adverts) > 0.85


def test_confirming_freezes_a_trait_and_not_a_task() -> None:
    years = NOW + timedelta(days=2000)
    assert p(durability=Durability.TRAIT, confirmed_at=NOW, now=years) == pytest.approx(0.99)
    assert p(durability=Durability.TASK, confirmed_at=NOW, now=years) < 0.3


def test_a_confirmation_settles_what_spoke_against_before_it_and_not_after() -> None:
    before, after = piece(1, strength=9, stance=Stance.AGAINST), piece(-1, episode=2, strength=9, stance=Stance.AGAINST)
    held = p(before, durability=Durability.TRAIT, confirmed_at=NOW)
    assert held == pytest.approx(0.99)
    assert p(before, after, durability=Durability.TRAIT, confirmed_at=NOW) < held


_PIECES = st.builds(
    piece,
    st.floats(-2, 400),
    episode=st.integers(1, 6),
    strength=st.integers(-3, 14),
    trust=st.sampled_from(list(Trust)),
    stance=st.sampled_from([Stance.FOR, Stance.FOR, Stance.AGAINST]),
)
_LISTS = st.lists(_PIECES, max_size=10)
_SUPPORT = _PIECES.map(lambda one: dataclasses.replace(one, stance=Stance.FOR))
_DURABILITIES = st.sampled_from(list(Durability))


@given(_LISTS, _SUPPORT, _DURABILITIES)
def test_more_support_never_lowers(evidence: list[Evidence], more: Evidence, durability: Durability) -> None:
    assert p(*evidence, more, durability=durability) >= p(*evidence, durability=durability) - 1e-12


@given(_LISTS, _PIECES.map(lambda one: dataclasses.replace(one, stance=Stance.AGAINST)), _DURABILITIES)
def test_more_against_never_raises(evidence: list[Evidence], more: Evidence, durability: Durability) -> None:
    assert p(*evidence, more, durability=durability) <= p(*evidence, durability=durability) + 1e-12


@given(_LISTS, _DURABILITIES)
def test_no_belief_passes_the_cap_of_its_most_trusted_class_or_of_its_own_trust(
    evidence: list[Evidence], durability: Durability
) -> None:
    found = belief(*evidence, durability=durability)
    used = {one.trust for one in evidence if one.stance is Stance.FOR} or {Trust.UNTRUSTED}
    assert found.probability <= max(CAPS[trust] for trust in used)
    assert found.trust in used


@given(_LISTS.flatmap(lambda pieces: st.tuples(st.just(pieces), st.permutations(pieces))), _DURABILITIES)
def test_the_order_of_evidence_plays_no_part(
    case: tuple[list[Evidence], list[Evidence]], durability: Durability
) -> None:
    first, second = (belief(*evidence, durability=durability) for evidence in case)
    assert first.probability == pytest.approx(second.probability, abs=1e-12)
    assert dataclasses.replace(first, probability=0) == dataclasses.replace(second, probability=0)


@given(st.lists(_SUPPORT, max_size=10), _DURABILITIES, st.floats(0, 1000))
def test_without_anything_new_a_belief_only_fades(
    evidence: list[Evidence], durability: Durability, days: float
) -> None:
    settled = [dataclasses.replace(one, at=min(one.at, NOW)) for one in evidence]
    for kind in (Kind.INTEREST, Kind.ROUTINE):
        later = believe(kind, durability, settled, NOW + timedelta(days=days))
        assert later.probability <= believe(kind, durability, settled, NOW).probability + 1e-12
