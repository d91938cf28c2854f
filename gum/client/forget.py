"""Forgetting, retention and encryption."""

from __future__ import annotations

from gum.client.connection import Connection
from gum.wire import EncryptionStatus, ForgetIn, ForgetPreview, ForgetRequest, Forgotten, RetentionStatus

FORGETTING_S = 600.0


class ForgetClient(Connection):
    """Forgetting, retention and encryption."""

    def forget_preview(self, selection: ForgetIn) -> ForgetPreview:
        """Return what forgetting would take away; nothing is changed."""
        body = selection.model_dump(mode="json")
        answer = self.send("POST", "/v1/forget/preview", json=body, timeout=FORGETTING_S)
        return ForgetPreview.model_validate_json(answer.content)

    def forget(self, selection: ForgetIn, now: bool = False, undo_minutes: float | None = None) -> Forgotten:
        """Forget; with `now` the bytes are gone when this returns, which takes as long as writing the store anew."""
        request = ForgetRequest(selection=selection, now=now, undo_minutes=undo_minutes)
        answer = self.send("POST", "/v1/forget", json=request.model_dump(mode="json"), timeout=FORGETTING_S)
        return Forgotten.model_validate_json(answer.content)

    def undo_forget(self, id: int) -> Forgotten:
        """Bring back what was forgotten, while that can be done."""
        return self.post(f"/v1/forget/{id}/undo", Forgotten)

    def forgotten(self) -> list[Forgotten]:
        """Return what was forgotten, newest first, in numbers."""
        return self.list_of("/v1/forget", Forgotten)

    def retention(self) -> RetentionStatus:
        """Return how long what is kept, and what was removed."""
        return self.get("/v1/retention", RetentionStatus)

    def encryption(self) -> EncryptionStatus:
        """Return whether what is kept lies encrypted on the disk."""
        return self.get("/v1/encryption", EncryptionStatus)
