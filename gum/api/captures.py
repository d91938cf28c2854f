"""A capture to and from its form on the wire; frames travel as lossless WebP in base64."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from io import BytesIO

from gum.clock import Clock
from gum.errors import RecordingError
from gum.perceive import encoding
from gum.records import Capture, Frame, InputCounts, Rect, Trust, Window
from gum.wire import CaptureIn, FrameIn, InputIn, RectIn, WindowIn

#: A program that sends text cannot claim that the person stated or typed it; a client's text is at most on screen.
SENDER_TRUST = dict.fromkeys((Trust.STATED, Trust.TYPED, Trust.SYSTEM), Trust.DOCUMENT)
CLIENT_TRUST = dict.fromkeys((Trust.STATED, Trust.TYPED, Trust.SYSTEM, Trust.DOCUMENT), Trust.SCREEN)
SENSED_KINDS = frozenset({"frame", "window", "activity"})


def to_wire(capture: Capture) -> CaptureIn:
    """Return the capture as it is sent."""
    return CaptureIn(
        observer=capture.observer,
        kind=capture.kind,
        captured_at=capture.captured_at,
        app=capture.app,
        title=capture.title,
        url=capture.url,
        text=capture.text,
        window=_window_in(capture.window) if capture.window else None,
        frame=_frame_in(capture.frame) if capture.frame else None,
        input=InputIn(
            keys=capture.input.keys,
            clicks=capture.input.clicks,
            scrolls=capture.input.scrolls,
            idle_s=capture.input.idle_s,
        ),
        trust=capture.trust,
        excluded=capture.excluded,
        locked=capture.locked,
        source=capture.source,
    )


def from_wire(body: CaptureIn, clock: Clock, highest: Mapping[Trust, Trust] = SENDER_TRUST) -> Capture:
    """Return the capture that was sent, its text trusted as far as `highest` lets it be.

    Raises RecordingError when its image cannot be read.
    """
    return Capture(
        observer=body.observer,
        kind=body.kind,
        captured_at=body.captured_at or clock(),
        app=body.app,
        title=body.title,
        url=body.url,
        text=body.text,
        window=_window(body.window) if body.window else None,
        frame=_frame(body.frame) if body.frame else None,
        input=InputCounts(**body.input.model_dump()),
        trust=body.trust if body.kind in SENSED_KINDS else highest.get(body.trust, body.trust),
        excluded=body.excluded,
        locked=body.locked,
        source=body.source,
    )


def _window_in(window: Window) -> WindowIn:
    return WindowIn(
        id=window.id,
        app=window.app,
        title=window.title,
        pid=window.pid,
        client=RectIn(**window.client._asdict()),
        frame=RectIn(**window.frame._asdict()),
        hidden=window.hidden,
    )


def _window(body: WindowIn) -> Window:
    client, frame = (Rect(part.x, part.y, part.width, part.height) for part in (body.client, body.frame))
    return Window(body.id, body.app, body.title, body.pid, client, frame, body.hidden)


def _frame_in(frame: Frame) -> FrameIn:
    packed = BytesIO()
    encoding.to_image(frame).save(packed, "WEBP", lossless=True, quality=0, method=0)
    return FrameIn(
        rect=RectIn(**frame.rect._asdict()),
        image=base64.b64encode(packed.getvalue()).decode("ascii"),
        scale=frame.scale,
        monitor=frame.monitor,
    )


def _frame(body: FrameIn) -> Frame:
    rect = Rect(body.rect.x, body.rect.y, body.rect.width, body.rect.height)
    try:
        data = base64.b64decode(body.image, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RecordingError("The frame's image is not base64.") from error
    image = encoding.decode(data, "that was sent")
    if image.size != (rect.width, rect.height):
        raise RecordingError("The frame's image is not as large as its rectangle.")
    return encoding.from_image(image, rect, body.scale, body.monitor)
