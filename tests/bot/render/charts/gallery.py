"""Draws the sample charts, to be looked at: `make charts`."""

import sys
from pathlib import Path

from bot.render.charts.values import picture_of
from bot.render.drawing.draw import draw
from tests.bot.render.charts.samples import samples

ROOT = Path(__file__).resolve().parents[4]
FOLDER = ROOT / "build" / "charts"
SHOWN = ROOT / "docs" / "charts"
"""Where the README's charts are."""

IN_README = ("usage-granted", "report-when", "report-who")


def main(folder: Path, shown: Path) -> None:
    """Draw each chart into a file, beside it what describes it, and the README's into another."""
    folder.mkdir(parents=True, exist_ok=True)
    shown.mkdir(parents=True, exist_ok=True)
    for name, chart in samples().items():
        png = draw(picture_of(chart))
        if png is None:
            raise RuntimeError(f"{name} can't be drawn")
        (folder / f"{name}.png").write_bytes(png)
        (folder / f"{name}.txt").write_text(f"{chart.description}\n", "utf-8")
        if name in IN_README:
            (shown / f"{name}.png").write_bytes(png)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, SHOWN)
