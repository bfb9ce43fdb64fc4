"""Pictures for the documentation: what a page looks like, made small.

Here: keeping one or several shots as one file. Not here: what is looked at (screenshots, chat_screenshots).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).parent.parent / "docs"
# Pixels between two shots; nothing is drawn there, so that they stand on the reader's own ground.
GAP = 40
COLOURS = 255


def keep(file: Path, *shots: bytes) -> None:
    """Keep shots of one height abreast, in so few colours that a page with several of them loads at once."""
    opened = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    width, height = sum(each.width + GAP for each in opened) - GAP, opened[0].height
    sheet, blank = Image.new("RGB", (width, height)), Image.new("L", (width, height), 255)
    left = 0
    for each in opened:
        sheet.paste(each, (left, 0))
        blank.paste(0, (left, 0, left + each.width, height))
        left += each.width + GAP
    few = sheet.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.putpalette([*(few.getpalette() or ())[: COLOURS * 3], 255, 255, 255])
    few.paste(COLOURS, mask=blank)
    few.save(file, optimize=True, transparency=COLOURS)
    sys.stdout.write(f"{file}: {file.stat().st_size // 1000} kB\n")
