"""What may be kept of a draft: contextual integrity by rules, before anything is committed.

What a person looked at on their own screen was not said to us.  Some kinds of it are held back unless the
person allows the category in `infer.allow_sensitive`; secrets and judgements of the person are never kept,
not even in the log of decisions.  The rules are words, in one table, to be read and argued with.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from gum.records import Draft

ALLOWED, HELD = "allowed", "held"
JUDGEMENT = "judgement"
# Nothing of these is repeated in the log.
_NEVER_WRITTEN = frozenset({"credentials", JUDGEMENT})

# Words and phrases by category, in the order of the check; '*' stands for any ending.
RULES: dict[str, str] = {
    "credentials": """
        password is, passwords are, user's password*, passphrase is, passwort ist, passcode is, pin is, pin code,
        one-time code, recovery phrase, seed phrase, api key is, access token is, cvv, iban, card number*""",
    "health": """
        disease*, illness*, diagnos*, symptom*, cancer, tumour*, tumor*, diabet*, hiv, epilep*, asthma*, migraine*,
        chronic pain, depression, depressed, depressive, anxiety, adhd, autis*, bipolar, ptsd, suicid*, self-harm*,
        mental health, therapist*, psychotherap*, psychiatr*, psychologist*, medication*, antidepress*, insulin,
        chemotherap*, surgery, pregnan*, miscarr*, abortion*, fertility, contracept*, ivf, alcoholi*, addict*, rehab,
        sick leave, krankheit*, schwanger*, depressi*""",
    "sexuality": """
        sexual*, gay, lesbian*, bisexual*, homosexual*, transgender*, queer, lgbt*, porn*, erotic*, fetish*,
        dating app*, sex life""",
    "religion": """
        religio*, christianity, is christian, is a christian, catholic*, protestant*, muslim*, islamic, jewish, judaism,
        hindu*, buddhis*, atheis*, sikh*, mormon*, goes to church, church service*, mosque*, synagogue*, prayer*, koran,
        quran""",
    "politics": """
        political, politics, politician*, vote, votes, voted, voting, election*, democrats, republicans,
        conservative party, labour party, green party, communis*, socialist*, left-wing, right-wing, trade union*""",
    "ethnicity": """
        ethnic*, racial, skin colour, skin color, nationality, immigra*, refugee*, asylum, migration background,
        of african descent, of asian descent, of arab descent, of turkish descent, of latin descent""",
    "gender": """
        gender*, non-binary, is a man, is a woman, is male, is female""",
    "finances": """
        salary, salaries, wage, wages, income, debt, debts, mortgage*, student loan*, personal loan*, took out a loan,
        bankrupt*, credit score*, overdraft*, bank account*, bank balance*, net worth, savings account*, tax return*,
        pay rise, pension*, gambl*, gehalt*""",
    "ability": """
        good at, bad at, poor at, weak at, terrible at, great at, excellent at, skilled in, skilled at, talented,
        gifted, expert in, expert at, novice in, beginner in, struggles with, lacks skill*, incapable*, intelligen*,
        unable to learn, iq""",
}
# Private matters that are held back when they are somebody else's.
_PRIVATE = f"""
    divorc*, affair, break-up, breakup, broke up, fired, laid off, arrest*, criminal record, custody, sick,
    {RULES["health"]}, {RULES["sexuality"]}, {RULES["religion"]}, {RULES["finances"]}"""
_OTHERS = """
    his, her, their, colleague*, coworker*, co-worker*, boss*, manager*, friend*, neighbour*, neighbor*, wife*,
    husband*, partner*, mother*, father*, sister*, brother*, son, daughter*, child*, client*, patient*"""
_JUDGEMENTS = """
    lazy, laziness, stupid, dumb, incompetent, careless, irresponsible, unreliable, disorganised, disorganized, sloppy,
    clumsy, immature, procrastinat*, wastes time, wasting time, unproductive, obsess*, narcissis*, selfish, rude,
    dishonest, liar, boring, bad employee, bad parent, bad student, bad partner, poor judgement, poor discipline"""


def _pattern(words: str) -> re.Pattern[str]:
    found = [re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(",")]
    return re.compile(rf"\b(?:{'|'.join(found)})\b", re.IGNORECASE)


_PATTERNS = {category: _pattern(words) for category, words in RULES.items()}
_PRIVATE_MATTER, _SOMEBODY_ELSE, _JUDGING = _pattern(_PRIVATE), _pattern(_OTHERS), _pattern(_JUDGEMENTS)
# "Mara's divorce": the matter belongs to the one who is named before it, unless that is the user.
_POSSESSIVE = re.compile(r"\b(?!user|today|it|that|what)\w+['’]s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Why a draft needs a decision, and what it is."""

    category: str
    decision: str
    reason: str

    def shown(self, draft: Draft) -> dict[str, Any]:
        """Return what the log may hold of the draft."""
        if self.category in _NEVER_WRITTEN:
            return {"kind": str(draft.kind)}
        return {"kind": str(draft.kind), "text": draft.text}


def judge(draft: Draft, allowed: Collection[str]) -> Ruling | None:
    """Return the ruling on a draft, None when nothing in it is sensitive."""
    found = _categories(draft)
    if not found:
        return None
    category = next((one for one in found if one in _NEVER_WRITTEN or one not in allowed), found[0])
    if category == JUDGEMENT:
        return Ruling(category, HELD, "It judges the person; only what they do is kept.")
    name = category.replace("_", " ")
    if category in allowed:
        return Ruling(category, ALLOWED, f"You allowed what concerns {name}.")
    return Ruling(category, HELD, f"It concerns {name}, which infer.allow_sensitive does not name.")


def _categories(draft: Draft) -> list[str]:
    """Return every category that a draft touches, those that are never written first."""
    said = " ".join((draft.text, draft.claim.object if draft.claim else ""))
    kept = f"{said} {draft.reasoning}"
    found = [category for category in RULES if _PATTERNS[category].search(kept)]
    if _PRIVATE_MATTER.search(said) and (_SOMEBODY_ELSE.search(said) or _POSSESSIVE.search(said)):
        found.insert(0, "third_persons")
    if _JUDGING.search(said):
        found.insert(0, JUDGEMENT)
    return sorted(found, key=lambda category: category not in _NEVER_WRITTEN)
