"""Models: what understands, what could, what is on its way, and what waits."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from gum_tui.keys import MODELS, bindings
from gum_tui.screens.topics import TopicsSection
from gum_tui.topics.catalogue import Catalogue
from gum_tui.topics.downloads import Downloads
from gum_tui.topics.engines import Engines
from gum_tui.topics.installed import Installed
from gum_tui.topics.topic import Topic

DOWNLOADS_EVERY_S = 1.0


class ModelsSection(TopicsSection):
    """The built-in engine works without any model; a model works beside it."""

    MODE = "models"
    KEYS = MODELS
    BINDINGS: ClassVar[list[BindingType]] = bindings(MODELS)
    TOPICS: ClassVar[tuple[Topic, ...]] = (Engines(), Catalogue(), Installed(), Downloads())
    HELP_TEXT = (
        "The built-in engine counts, and needs no model. A model on this machine reads as well; the catalogue marks "
        "the one that suits this machine. Getting one is the only time that the network is used, and only when you "
        "ask for it."
    )

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(DOWNLOADS_EVERY_S, self._follow)

    def _follow(self) -> None:
        """Follow downloads while they are looked at."""
        if self.topic.NAME == Downloads.NAME and self.app.screen is self:
            self.reload()

    def state(self) -> object:
        status = self.remote.status
        return (super().state(), status.model) if status else None

    def action_get(self) -> None:
        """Get the model under the cursor."""
        self.act("get")

    def action_stop(self) -> None:
        """Stop the download under the cursor."""
        self.act("stop")

    def action_use(self) -> None:
        """Use the model under the cursor."""
        self.act("use")

    def action_remove(self) -> None:
        """Remove the model under the cursor."""
        self.act("remove")
