"""A capture comes out of the wire as it went in."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from gum.api.captures import from_wire, to_wire
from gum.records import Capture, Frame, InputCounts, Rect, Trust, Window
from gum.wire import CaptureIn
from tests.working import START

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SIDES = st.integers(1, 24)


@st.composite
def rects(draw: st.DrawFn) -> Rect:
    return Rect(draw(st.integers(-50, 50)), draw(st.integers(-50, 50)), draw(SIDES), draw(SIDES))


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    rect = draw(rects())
    size = rect.width * rect.height
    colours = draw(st.binary(min_size=size * 3, max_size=size * 3))
    pixels = b"".join(colours[at : at + 3] + b"\xff" for at in range(0, size * 3, 3))
    return Frame(rect, pixels, draw(st.sampled_from([1.0, 1.5, 2.0])), draw(TEXTS))


@st.composite
def captures(draw: st.DrawFn) -> Capture:
    window = st.builds(
        Window, st.integers(0, 2**31), TEXTS, TEXTS, st.none() | st.integers(1, 2**22), rects(), rects(), st.booleans()
    )
    counts = st.integers(0, 1000)
    return Capture(
        observer=draw(st.from_regex(r"[a-z][a-z0-9_.:-]{0,20}", fullmatch=True)),
        kind=draw(st.sampled_from(["frame", "window", "activity"])),
        captured_at=START + timedelta(microseconds=draw(st.integers(-(10**15), 10**15))),
        app=draw(TEXTS),
        title=draw(TEXTS),
        url=draw(TEXTS),
        text=draw(TEXTS),
        window=draw(st.none() | window),
        frame=draw(st.none() | frames()),
        input=draw(st.builds(InputCounts, counts, counts, counts, st.floats(0, 1e6))),
        trust=draw(st.sampled_from(Trust)),
        excluded=draw(st.booleans()),
        locked=draw(st.booleans()),
        source=draw(TEXTS),
    )


@given(captures())
def test_a_capture_comes_out_as_it_went_in(capture: Capture) -> None:
    sent = to_wire(capture).model_dump_json(exclude_none=True)
    got = from_wire(CaptureIn.model_validate_json(sent), lambda: START)
    assert _without_padding(got) == _without_padding(capture)


def _without_padding(capture: Capture) -> tuple[object, ...]:
    """The fourth byte of a pixel means nothing."""
    frame = capture.frame
    pixels = b"" if frame is None else b"".join(frame.pixels[at : at + 3] for at in range(0, len(frame.pixels), 4))
    place = None if frame is None else (frame.rect, frame.scale, frame.monitor)
    rest = {name: getattr(capture, name) for name in Capture.__slots__ if name != "frame"}
    return pixels, place, rest
