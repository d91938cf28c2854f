"""Contact data are found in the forms in which people write them; dates, sums and versions are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.perceive.contacts import contacts_in, without_contacts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to nora.lind+shop@kelp.example today", "mail address"),
        ("call +49 30 901820 after five", "telephone number"),
        ("Tel. 0941 8974512", "telephone number"),
        ("her mobile is (541) 714-1388", "telephone number"),
        ("deliver to 221B Baker Street", "postal address"),
        ("Lindenstraße 14 in the evening", "postal address"),
        ("12 rue de la Paix", "postal address"),
        ("P.O. Box 4471", "postal address"),
    ],
)
def test_contact_data_are_found(text: str, kind: str) -> None:
    assert [one.kind for one in contacts_in(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-03-02 at 10:30", "Python 3.11.7 and 1.24.0.1", "the sum is 1,204,000.50", "order 1234567890123",
        "chapters 12 to 14", "the way to the station", "a drive of 40 km", "@nora wrote it",
    ],
)  # fmt: skip
def test_other_numbers_and_words_are_none(text: str) -> None:
    assert contacts_in(text) == []


def test_the_persons_own_do_not_count() -> None:
    assert contacts_in("nora@kelp.example and +49 30 901820", own=("NORA@kelp.example", "+49 (30) 901820")) == []


@given(st.text(max_size=80))
def test_what_is_taken_out_is_not_found_again_in_its_place(text: str) -> None:
    left = without_contacts(text)
    assert left == text if not contacts_in(text) else "[contact: " in left
