"""Models on this machine, and getting one."""

from __future__ import annotations

from urllib.parse import quote

from gum.client.connection import Connection
from gum.wire import KeptModelView, ModelsView, PullView, RemovedModel


class ModelsClient(Connection):
    """Models on this machine, and getting one."""

    def models(self) -> ModelsView:
        """Return engines, catalogue, what is here and in use, and the model's backlog."""
        return self.get("/v1/models", ModelsView)

    def pull_model(self, name: str) -> PullView:
        """Begin to get a model in the background."""
        return self.post(f"/v1/models/{quote(name, safe='')}/pull", PullView)

    def stop_pull(self, name: str) -> PullView:
        """Stop getting a model; what was got so far is kept."""
        return self.post(f"/v1/models/{quote(name, safe='')}/stop", PullView)

    def model_pulls(self) -> list[PullView]:
        """Return the models on their way here."""
        return self.list_of("/v1/models/pulls", PullView)

    def use_model(self, name: str) -> KeptModelView:
        """Use a model that is here, from the daemon's next start on."""
        return self.post(f"/v1/models/{quote(name, safe='')}/use", KeptModelView)

    def remove_model(self, name: str) -> RemovedModel:
        """Remove a model's files."""
        return self.post(f"/v1/models/{quote(name, safe='')}/remove", RemovedModel)
