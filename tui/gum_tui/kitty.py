"""Pixels in kitty's graphics protocol: sent once, then placed, and taken away when no longer shown."""

from __future__ import annotations

import base64
import io

from PIL.Image import Image

CHUNK = 4096


def sent(id: int, pixels: Image) -> str:
    """Return what gives the terminal the pixels under a number; nothing is shown yet."""
    kept = io.BytesIO()
    pixels.save(kept, "PNG", compress_level=1)
    data = base64.standard_b64encode(kept.getvalue()).decode("ascii")
    chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    heads = [f"a=t,f=100,i={id},q=2,", *[""] * (len(chunks) - 1)]
    return "".join(
        _command(f"{head}m={int(number < len(chunks))}", chunk)
        for number, (head, chunk) in enumerate(zip(heads, chunks, strict=True), start=1)
    )


def placed(id: int, box: tuple[int, int, int, int]) -> str:
    """Return what shows the part within the box (left, upper, right, lower) at the cursor, and nowhere else."""
    left, upper, right, lower = box
    part = f"x={left},y={upper},w={right - left},h={lower - upper}"
    return _command(f"a=p,i={id},p=1,{part},C=1,q=2")


def forgotten(id: int) -> str:
    """Return what shows the pixels nowhere and drops them."""
    return _command(f"a=d,d=I,i={id},q=2")


def _command(control: str, payload: str = "") -> str:
    return f"\x1b_G{control};{payload}\x1b\\" if payload else f"\x1b_G{control}\x1b\\"
