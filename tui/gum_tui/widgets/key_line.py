"""The last line of every screen: the keys that do something now; the last of them, help, always stands there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.screen import Screen

from gum_tui.widgets.line import Line, Part

MORE = Content.styled("… ", "$quiet")


class KeyLine(Line):
    """Made from the bindings that are shown and work; a click on a key is like pressing it."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; background: $footer-background; color: $footer-description-foreground; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.draw()

    def parts(self) -> Sequence[Part]:
        keys = self._keys()
        if not keys:
            return ()
        *most, last = keys
        room = self.size.width - last.content.cell_length
        fitting: list[Part] = []
        used = 0
        for part in most:
            used += part.content.cell_length
            if used > room - (0 if part is most[-1] else MORE.cell_length):
                return (*fitting, Part(MORE, ""), last)
            fitting.append(part)
        return (*fitting, last)

    def _keys(self) -> list[Part]:
        actions: dict[str, Part] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in actions:
                key = self.app.get_key_display(binding)
                content = Content.assemble(" ", (key, "bold $footer-key-foreground"), f" {binding.description} ")
                actions[binding.action] = Part(content, binding.key, active.tooltip)
        return list(actions.values())

    def clicked(self, name: str) -> None:
        self.app.simulate_key(name)
