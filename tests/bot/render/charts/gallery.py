"""Draws the sample charts, to be looked at: `make charts`."""

import sys
from pathlib import Path

from bot.render.charts.values import picture_of
from bot.render.drawing.draw import draw
from tests.bot.render.charts.samples import samples

FOLDER = Path(__file__).resolve().parents[4] / "build" / "charts"


def main(folder: Path) -> None:
    """Draw each chart into a file, and write beside it what describes it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in samples().items():
        png = draw(picture_of(chart))
        if png is None:
            raise RuntimeError(f"{name} can't be drawn")
        (folder / f"{name}.png").write_bytes(png)
        (folder / f"{name}.txt").write_text(f"{chart.description}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
