"""Why an item was before the person's eyes, and what a question offers."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Verdicts keep how the item came to be judged and its probability before calibration; questions their choices.

    `asked` is 'review' for an item of the review queue, 'question' for the answer to a question, else empty.
    """
    db.executescript(
        """
        ALTER TABLE verdicts ADD COLUMN raw_probability REAL;
        ALTER TABLE verdicts ADD COLUMN asked TEXT NOT NULL DEFAULT '';
        ALTER TABLE questions ADD COLUMN choices TEXT NOT NULL DEFAULT '[]' CHECK(json_valid(choices));
        """
    )
