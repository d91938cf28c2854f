"""One look at an X11 desktop: monitors and windows by their true geometry, requests sent in batches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gum.records import Monitor, Rect, Window
from gum_observers.mask import Surface, contains, overlap
from gum_observers.x11_connection import Connection, answer, numbers, text


@dataclass(frozen=True, slots=True)
class Look:
    """What lies where at one instant.  Two equal looks mean that nothing moved and no title changed.

    `surfaces` are all windows bottom to top, those that cannot be seen first.
    """

    monitors: tuple[Monitor, ...]
    surfaces: tuple[Surface, ...]
    active: int

    @property
    def windows(self) -> list[Window]:
        """The managed windows."""
        return [surface.window for surface in self.surfaces if surface.managed]

    @property
    def active_window(self) -> Window | None:
        return next((window for window in self.windows if window.id == self.active), None)

    @property
    def locked(self) -> bool:
        """A popup over a whole monitor, with no managed window above it, is a lock screen."""
        for surface in reversed(self.surfaces):
            if surface.managed:
                return False
            if surface.override and any(contains(surface.window.frame, monitor.rect) for monitor in self.monitors):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Child:
    """A visible child of the root, borders included."""

    id: int
    rect: Rect
    override: bool


class Looker:
    """Reads looks over one connection; remembers what cannot change while a window lives."""

    def __init__(self, connection: Connection) -> None:
        self._x = connection
        self._tops: dict[int, int] = {}

    def look(self) -> Look:
        from Xlib.protocol import request

        root = int(self._x.root.id)
        tree = self._x.ask(request.QueryTree, window=root)
        stacking = self._x.ask_property(root, "_NET_CLIENT_LIST_STACKING")
        active = self._x.ask_property(root, "_NET_ACTIVE_WINDOW")
        monitors = tuple(self.monitors())
        on_root = [int(child.id) for child in answer(tree).children]
        children = self._children(on_root)
        managed = numbers(stacking)
        tops = self._find_tops(managed, set(on_root))
        surfaces = self._surfaces(tops, children)
        return Look(monitors, surfaces, next(iter(numbers(active)), 0))

    def monitors(self) -> list[Monitor]:
        """Return the monitors, or the whole screen as one where RandR 1.5 is absent."""
        from Xlib.ext import randr
        from Xlib.protocol import request

        scale = self._scale()
        root = int(self._x.root.id)
        pending = self._x.ask(request.GetGeometry, drawable=root)
        places: list[Any] = []
        if self._x.has(randr.extname):
            opcode = self._x.x.display.get_extension_major(randr.extname)
            reply = answer(self._x.ask(randr.GetMonitors, opcode=opcode, window=root, is_active=True))
            places = reply.monitors if reply is not None else []
        size = answer(pending)
        screen = Rect(0, 0, size.width, size.height)
        found = []
        for item in places:
            # one defined by hand may reach beyond the screen
            rect = overlap(Rect(item.x, item.y, item.width_in_pixels, item.height_in_pixels), screen)
            if rect is not None:
                found.append(Monitor(self._x.atom_name(item.name), rect, scale))
        return found or [Monitor("", screen, scale)]

    def opaque(self, surface: Surface) -> list[Rect]:
        """Return the areas of a surface that hide what is below: none where it may be seen through."""
        from Xlib.protocol import request

        ids = {surface.top, surface.window.id}
        faded = [self._x.ask_property(id, "_NET_WM_WINDOW_OPACITY") for id in ids]
        depths = [self._x.ask(request.GetGeometry, drawable=id) for id in ids]
        region = self._x.ask_property(surface.window.id, "_NET_WM_OPAQUE_REGION")
        if any(numbers(item) for item in faded):
            return []
        if all(reply is not None and reply.depth < 32 for reply in map(answer, depths)):
            return self._unshaped(surface)
        return _opaque_region(surface.window.client, numbers(region))

    def _unshaped(self, surface: Surface) -> list[Rect]:
        from Xlib.ext import shape

        if not self._x.has(shape.extname):
            return [surface.window.frame]
        opcode = self._x.x.display.get_extension_major(shape.extname)
        inner = overlap(surface.window.client, surface.window.frame)
        areas = []
        for id, area in ((surface.window.id, inner), (surface.top, surface.window.frame)):
            reply = answer(self._x.ask(shape.QueryExtents, opcode=opcode, destination_window=id))
            if area is not None and reply is not None and not reply.bounding_shaped:
                areas.append(area)
        return areas

    def _scale(self) -> float:
        resources = text(self._x.ask_property(self._x.root.id, "RESOURCE_MANAGER", 1 << 16))
        found = re.search(r"^Xft\.dpi:\s*(\d+(?:\.\d+)?)", resources, re.MULTILINE)
        scale = float(found[1]) / 96 if found else 1.0
        return scale if 0.5 <= scale <= 8 else 1.0

    def _children(self, ids: Iterable[int]) -> list[_Child]:
        from Xlib import X
        from Xlib.protocol import request

        asked = [
            (
                id,
                self._x.ask(request.GetWindowAttributes, window=id),
                self._x.ask(request.GetGeometry, drawable=id),
            )
            for id in ids
        ]
        found = []
        for id, pending_attributes, pending_place in asked:
            attributes, place = answer(pending_attributes), answer(pending_place)
            if attributes is None or place is None:
                continue
            if attributes.map_state == X.IsViewable and attributes.win_class == X.InputOutput:
                edge = 2 * place.border_width
                rect = Rect(place.x, place.y, place.width + edge, place.height + edge)
                found.append(_Child(id, rect, bool(attributes.override_redirect)))
        return found

    def _find_tops(self, managed: list[int], on_root: set[int]) -> dict[int, int]:
        """Return for each managed window the child of the root that holds it."""
        known = {client: self._tops.get(client, 0) for client in managed}
        self._tops = {client: top if top in on_root else self._climb(client) for client, top in known.items()}
        return self._tops

    def _climb(self, window: int) -> int:
        from Xlib.protocol import request

        root = int(self._x.root.id)
        while True:
            tree = answer(self._x.ask(request.QueryTree, window=window))
            if tree is None:
                return 0
            parent = int(getattr(tree.parent, "id", 0))
            if parent in (root, 0):
                return window
            window = parent

    def _surfaces(self, tops: dict[int, int], children: list[_Child]) -> tuple[Surface, ...]:
        """Return the managed windows, held by `tops`, and the popups among the visible children."""
        order = {child.id: child for child in children}
        clients = set(tops.values())
        # the server's own windows are left out: compositors draw in one that covers the screen
        popups = {id: id for id in order if id not in clients and self._x.owner(id)}
        asked = [(id, top, _Asked(self._x, id)) for id, top in {**tops, **popups}.items()]
        found = []
        for id, top, pending in asked:
            child = order.get(top)
            surface = pending.surface(id, child, managed=id in tops, owner=self._x.owner(id))
            if surface is not None:
                found.append(surface)
        places = {id: place for place, id in enumerate(order)}
        return tuple(sorted(found, key=lambda surface: places.get(surface.top, -1)))


class _Asked:
    """The requests that make one window, sent and not yet answered."""

    def __init__(self, connection: Connection, id: int) -> None:
        from Xlib.ext import res
        from Xlib.protocol import request

        ask = connection.ask
        self._hidden = connection.atom("_NET_WM_STATE_HIDDEN")
        self._size = ask(request.GetGeometry, drawable=id)
        self._place = ask(request.TranslateCoords, src_wid=id, dst_wid=connection.root.id, src_x=0, src_y=0)
        self._name = connection.ask_property(id, "_NET_WM_NAME")
        self._old_name = connection.ask_property(id, "WM_NAME")
        self._class = connection.ask_property(id, "WM_CLASS")
        self._state = connection.ask_property(id, "_NET_WM_STATE")
        self._notification = connection.atom("_NET_WM_WINDOW_TYPE_NOTIFICATION")
        self._type = connection.ask_property(id, "_NET_WM_WINDOW_TYPE")
        self._shadow = connection.ask_property(id, "_GTK_FRAME_EXTENTS")
        self._transient = connection.ask_property(id, "WM_TRANSIENT_FOR")
        self._claimed_pid = connection.ask_property(id, "_NET_WM_PID")
        self._true_pid: Any = None
        if connection.has(res.extname):
            opcode = connection.x.display.get_extension_major(res.extname)
            spec = {"client": id, "mask": res.LocalClientPIDMask}
            self._true_pid = ask(res.QueryClientIds, opcode=opcode, specs=[spec])

    def surface(self, id: int, child: _Child | None, managed: bool, owner: int) -> Surface | None:
        """Return what lies on the screen as `child` (None when it cannot be seen), or None when it is gone."""
        size, place = answer(self._size), answer(self._place)
        title = text(self._name) or text(self._old_name)
        app = text(self._class).rstrip("\0").rpartition("\0")[2]
        states, shadow, transient = numbers(self._state), numbers(self._shadow), numbers(self._transient)
        if size is None or place is None:
            return None
        client = Rect(place.x, place.y, size.width, size.height)
        window = Window(
            id=id,
            app=app,
            title=title.rstrip("\0"),
            pid=_pid(self._true_pid, self._claimed_pid),
            client=client,
            frame=_visible_frame(client, child.rect if child else client, shadow),
            hidden=child is None or self._hidden in states,
        )
        return Surface(
            window=window,
            top=child.id if child else 0,
            visible=child is not None,
            managed=managed,
            override=child is not None and child.override,
            owner=owner,
            transient_for=next(iter(transient), 0),
            notification=self._notification in numbers(self._type),
        )


def _pid(true: Any, claimed: Any) -> int | None:
    """Return the process id as the server knows it, else as the program claims it."""
    claims, reply = numbers(claimed), answer(true) if true is not None else None
    known = [int(item.value[0]) for item in reply.ids if len(item.value)] if reply is not None else []
    return next(iter(known + claims), None)


def _visible_frame(client: Rect, frame: Rect, shadow: list[int]) -> Rect:
    """Return the frame; a window that draws its own shadow is smaller to the eye than its client area."""
    if len(shadow) == 4 and any(shadow):
        left, right, top, bottom = shadow
        return Rect(client.x + left, client.y + top, client.width - left - right, client.height - top - bottom)
    return frame


def _opaque_region(client: Rect, region: list[int]) -> list[Rect]:
    """Return the parts of a window with transparency that it declares to be opaque."""
    fours = zip(*[iter(region)] * 4, strict=False)
    declared = [Rect(client.x + x, client.y + y, width, height) for x, y, width, height in fours]
    return [part for part in (overlap(rect, client) for rect in declared) if part is not None]
