"""What the report says in words, and what is asked of the figures."""

from __future__ import annotations

from typing import Any

TITLES = {
    "simulate": "Simulated people",
    "retrieval": "Retrieval",
    "redaction": "Redaction",
    "suggestions": "Suggestions",
}
LEAST_PRECISION, LEAST_RECALL, MOST_ECE = 0.85, 0.70, 0.05

HOW_JUDGED = (
    "Every two hours or so it is noted what is shown without being asked for: propositions that are live, not over, "
    "and have a probability of 0.2 or more in a home without verdicts. Each of them is judged once, at one of "
    "these instants drawn by chance: right when its fields agree with a fact that held then. Precision, Brier "
    "score and calibration error are taken over these. A fact is found when something right that was shown at any "
    "time states it. What has changed may be believed for 3 days longer, work that was put aside for 14, trouble "
    "for one. The map of calibration and the base rate come from other people. Calibration error: 10 bins of "
    "equal width."
)
HOW_ABLATED = (
    "The same people through the same program. No retrieve: a draft is compared with nothing known, so that each "
    "becomes a proposition of its own. No revise: what is known stays as it was first stated; what says the same "
    "is dropped, and nothing is supported, refined, opposed or replaced. 'Repeated' is the share of what is shown "
    "at the end that says what something else shown says. Brier score and calibration error are without the map."
)


def people(result: dict[str, Any]) -> str:
    """Return a sentence on who was simulated."""
    about, n = result["about"], result["n"]
    kind = "held out: never looked at while tuning" if about["held_out"] else "of development: figures not to be quoted"
    search = f"words and meaning ({about['embedder']})" if about["embedder"] else "words alone"
    return (
        f"{n['people']} people ({kind}), {about['weeks']} weeks each, {about['observations']} observations of which "
        f"{about['noise']:.0%} are noise, {about['episodes']} episodes. Engine {about['engine']}, search by {search}, "
        f"generator {about['generator'][:12]}."
    )


def bars(result: dict[str, Any]) -> list[tuple[str, float, str, bool | None]]:
    """Return the headline figures: name, value, what is asked, and whether that holds; None where nothing is."""
    brier = result["brier"]
    best = min(brier["uncalibrated"], brier["base_rate"])
    return [
        ("precision", result["precision"], f"at least {LEAST_PRECISION}", result["precision"] >= LEAST_PRECISION),
        ("recall of supportable facts", result["recall"], f"at least {LEAST_RECALL}", result["recall"] >= LEAST_RECALL),
        ("recall of all facts", result["recall_all"], "", None),
        ("Brier score, calibrated", brier["calibrated"], "below both that follow", brier["calibrated"] < best),
        ("Brier score, uncalibrated", brier["uncalibrated"], "", None),
        ("Brier score of the base rate", brier["base_rate"], "", None),
        ("calibration error", result["ece"], f"at most {MOST_ECE}", result["ece"] <= MOST_ECE),
    ]
