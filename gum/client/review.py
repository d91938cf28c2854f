"""What the person is asked about, what contradicts itself, and how far probabilities can be relied on."""

from __future__ import annotations

from gum.client.connection import Connection, query_of
from gum.wire import CalibrationView, ConflictView, DueView, QuestionView


class ReviewClient(Connection):
    """What the person is asked about, what contradicts itself, and how far probabilities can be relied on."""

    def review(self, limit: int = 20) -> list[DueView]:
        """Return what waits for a verdict, first what teaches most; give verdicts on it with `asked='review'`."""
        return self.list_of("/v1/review", DueView, query_of(limit=limit))

    def conflicts(self) -> list[ConflictView]:
        """Return what contradicts itself and is not resolved, the newest first."""
        return self.list_of("/v1/conflicts", ConflictView)

    def questions(self, status: str | None = "open") -> list[QuestionView]:
        """Return the questions that are 'open', 'answered' or 'dropped'; of every status with None."""
        return self.list_of("/v1/questions", QuestionView, query_of(status=status))

    def answer_question(self, id: int, answer: str) -> QuestionView:
        """Answer by the number or words of a choice, or by a sentence of one's own."""
        return self.post(f"/v1/questions/{id}/answer", QuestionView, {"answer": answer})

    def dismiss_question(self, id: int) -> QuestionView:
        """Drop a question; it is not asked again."""
        return self.post(f"/v1/questions/{id}/dismiss", QuestionView)

    def calibration(self) -> CalibrationView:
        """Return how reliable the probabilities are, by one's own verdicts."""
        return self.get("/v1/calibration", CalibrationView)
