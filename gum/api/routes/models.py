"""Models on this machine, and getting one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from gum.api.access import Scope, require
from gum.api.backend import Behind
from gum.wire import KeptModelView, ModelsView, PullView, RemovedModel

router = APIRouter(tags=["models"])

Name = Annotated[str, Path(max_length=64)]


@router.get("/models", dependencies=[require(Scope.READ, limited=True)])
def models(behind: Behind) -> ModelsView:
    """Engines with their states, the models that can be had, those that are here, and the model's backlog."""
    return behind.models.view()


@router.get("/models/pulls", dependencies=[require(Scope.READ, limited=True)])
def pulls(behind: Behind) -> list[PullView]:
    """The models on their way here since the daemon's start, with speed and time left."""
    return behind.models.pulls()


@router.post("/models/{name}/pull", dependencies=[require(Scope.ADMIN)])
def pull(behind: Behind, name: Name) -> PullView:
    """Get a model of the catalogue over the network, in the background; a pull that broke off goes on."""
    return behind.models.pull(name)


@router.post("/models/{name}/stop", dependencies=[require(Scope.ADMIN)])
def stop(behind: Behind, name: Name) -> PullView:
    """Stop getting a model; what was got so far is kept."""
    return behind.models.stop(name)


@router.post("/models/{name}/use", dependencies=[require(Scope.ADMIN)])
def use(behind: Behind, name: Name) -> KeptModelView:
    """Use a model that is here, from the daemon's next start on."""
    return behind.models.use(name)


@router.post("/models/{name}/remove", dependencies=[require(Scope.ADMIN)])
def remove(behind: Behind, name: Name) -> RemovedModel:
    """Remove a model's files."""
    return RemovedModel(name=name, freed_bytes=behind.models.remove(name))
