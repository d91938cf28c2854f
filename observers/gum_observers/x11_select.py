"""Asking an X server for the events that an observer needs."""

from __future__ import annotations

from typing import Any

from gum_observers.x11_connection import Connection, answer


class Selected:
    """What the server was asked to tell on a connection, and how to know it again.

    `raw_key` is 0 where input cannot be counted, `damage_event` -1 where changes of the screen cannot be told.
    """

    def __init__(self, connection: Connection) -> None:
        from Xlib import X
        from Xlib.ext.ge import GenericEventCode

        self._x = connection
        self.generic = int(GenericEventCode)
        self.focus_atoms = {connection.atom("_NET_ACTIVE_WINDOW"), connection.atom("_NET_CLIENT_LIST")}
        self.title_atoms = {connection.atom("_NET_WM_NAME"), connection.atom("WM_NAME")}
        connection.root.change_attributes(event_mask=X.PropertyChangeMask | X.SubstructureNotifyMask)
        self.xinput = self.raw_key = self.raw_button = 0
        self._select_input()
        self.damage_event, self._damage = -1, 0
        self._select_damage()
        connection.x.flush()

    def watch(self, before: int, window: int) -> None:
        """Be told of property changes of this window, no longer of the one before."""
        from Xlib import X

        for id, mask in ((before, X.NoEventMask), (window, X.PropertyChangeMask)):
            if id:
                self._x.window(id).change_attributes(event_mask=mask)
        self._x.x.flush()

    def subtract_damage(self) -> None:
        """Begin a new batch of damage; the server tells of none before."""
        self._x.x.damage_subtract(self._damage)
        self._x.x.flush()

    def popups(self, width: int, height: int) -> list[int]:
        """Return the visible popups of at least this size."""
        from Xlib import X
        from Xlib.protocol import request

        asked = [
            (
                int(child.id),
                self._x.ask(request.GetWindowAttributes, window=child.id),
                self._x.ask(request.GetGeometry, drawable=child.id),
            )
            for child in self._x.root.query_tree().children
        ]
        found = [(id, answer(attributes), answer(size)) for id, attributes, size in asked]
        return [
            id
            for id, attributes, size in found
            if attributes is not None
            and size is not None
            and attributes.override_redirect
            and attributes.map_state == X.IsViewable
            and size.width >= width
            and size.height >= height
        ]

    def _select_input(self) -> None:
        """Ask for raw key and button presses; from version 2.1 on they come during other programs' grabs too."""
        from Xlib.ext import xinput

        if not self._x.has(xinput.extname):
            return
        opcode = self._x.x.display.get_extension_major(xinput.extname)
        version = answer(self._x.ask(xinput.XIQueryVersion, opcode=opcode, major_version=2, minor_version=2))
        if version is None or version.major_version < 2:
            return
        mask = xinput.RawKeyPressMask | xinput.RawButtonPressMask
        self._x.root.xinput_select_events([(xinput.AllMasterDevices, mask)])
        self.xinput = int(opcode)
        self.raw_key, self.raw_button = int(xinput.RawKeyPress), int(xinput.RawButtonPress)

    def _select_damage(self) -> None:
        from Xlib.ext import damage

        info: Any = self._x.x.query_extension(damage.extname)
        if info is not None:
            self._x.x.damage_query_version()
            self._damage = int(self._x.root.damage_create(damage.DamageReportBoundingBox))
            self.damage_event = int(info.first_event)
