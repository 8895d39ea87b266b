"""Pictures of charts: drawn to files, of a phone's width, in letters that the font has."""

import struct
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.charts.values import Chart, Row, Rows
from bot.render.drawing.chart_drawing import WIDTH, chart_svg, cut
from bot.render.drawing.lettering import pen
from bot.render.drawing.scales import compact, steps
from tests.bot.render.charts import gallery
from tests.bot.render.charts.samples import samples

SVG = "{http://www.w3.org/2000/svg}"
LINEAR = (0.2126, 0.7152, 0.0722)


def texts(chart: Chart) -> list[str]:
    """Return all that is written on a chart."""
    drawing = Tree.fromstring(chart_svg(chart, pen()))  # noqa: S314 - our own drawing
    return [it.text or "" for it in drawing.iter(f"{SVG}text")]


def named(*names: str) -> Chart:
    """Return a chart with one row."""
    return Chart("", "", (), (Rows("", (Row(names, 5),)),), "")


def luminance(colour: str) -> float:
    """Return how light a colour is, as the rules for contrast define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return sum(weight * it for weight, it in zip(LINEAR, linear, strict=True))


def test_every_kind_is_drawn(tmp_path: Path) -> None:
    """Each sample becomes a PNG file three times a phone's width, hardly taller than wide."""
    gallery.main(tmp_path, tmp_path / "shown")
    drawn = sorted(tmp_path.glob("*.png"))
    assert {it.stem for it in drawn} == set(samples())
    for file in drawn:
        png = file.read_bytes()
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", png[16:24])
        assert width == 3 * WIDTH
        assert width / 4 < height < width * 1.2
        assert len(png) < 200_000
    shown = {it.stem for it in (tmp_path / "shown").iterdir()}
    assert shown == set(gallery.IN_README) == {it.stem for it in gallery.SHOWN.iterdir()}


@pytest.mark.parametrize("name", list(samples()))
def test_what_is_drawn_lies_on_the_card(name: str) -> None:
    """Nothing stands out over the edge, and all letters are in the font."""
    drawing = Tree.fromstring(chart_svg(samples()[name], pen()))  # noqa: S314 - our own drawing
    height = float(drawing.attrib["height"])
    for it in drawing.iter(f"{SVG}rect"):
        place = {key: float(it.attrib.get(key, 0)) for key in ("x", "y", "width", "height")}
        assert 0 <= place["x"] <= place["x"] + place["width"] <= WIDTH
        assert 0 <= place["y"] <= place["y"] + place["height"] <= height
    for it in drawing.iter(f"{SVG}text"):
        wide = pen().width(it.text or "") * float(it.attrib["font-size"]) / 15
        left = float(it.attrib["x"]) - {"end": wide, "middle": wide / 2}.get(
            it.attrib["text-anchor"], 0
        )
        assert 0 <= left <= left + wide <= WIDTH
        assert 0 < float(it.attrib["y"]) < height
        assert pen().plain(it.text or "") == it.text


def test_an_empty_chart_says_so() -> None:
    """Where there is no bar at all, words stand in their place."""
    empty = {name for name, chart in samples().items() if "nothing yet" in texts(chart)}
    assert empty == {"usage-none"}


def test_colours_can_be_told_from_the_card() -> None:
    """Words have a contrast of 4.5 at least and bars one of 3, which is what accessibility asks."""
    drawing = Tree.fromstring(chart_svg(samples()["usage-granted"], pen()))  # noqa: S314 - our own
    card = luminance(next(drawing.iter(f"{SVG}rect")).attrib["fill"])
    words = {it.attrib["fill"] for it in drawing.iter(f"{SVG}text")}
    bars = {it.attrib["fill"] for it in drawing.iter(f"{SVG}path")}
    for colours, least in ((words, 4.5), (bars, 3)):
        assert colours
        assert all((luminance(it) + 0.05) / (card + 0.05) >= least for it in colours)


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (("Ada", "@ada"), "Ada"),
        (("🔥 Ada 🔥", "@ada"), "Ada"),
        (("𝓐𝓭𝓪", "@ada"), "Ada"),  # noqa: RUF001 - fancy letters
        (("עדה", "@ada"), "עדה"),
        (("محمد", "@mo"), "محمد"),
        (("名前", "@namae", "person …1234"), "@namae"),
        (("Ada 名前", "@ada"), "@ada"),
        (("🔥🔥", "@fire"), "@fire"),
        (("名前", "名", "person …1234"), "person …1234"),
        (("a\u202eb\u200dc", "@abc"), "abc"),
        (("<b>&amp;", "@x"), "<b>&amp;"),
    ],
)
def test_names_that_can_be_written(names: tuple[str, ...], written: str) -> None:
    """The first name that the font has all words of stands there, without signs that it lacks."""
    assert written in texts(named(*names))


@given(st.text(max_size=60))
def test_any_name_is_drawn(name: str) -> None:
    """Whatever people call themselves, what stands there is in the font, and in its room."""
    [_, _, _, written, _] = texts(named(name, "person …1234"))
    assert pen().plain(written) == written
    assert pen().width(written) <= 160


def test_long_texts_are_cut() -> None:
    """What has no room ends in …, and what has room is left alone."""
    room = pen().width("abcdef…")
    assert cut(pen(), "abcdefghijk", room) == "abcdef…"
    assert cut(pen(), "abcdef", room) == "abcdef"


@given(st.integers(0, 10**15))
def test_lines_are_round_and_enough(most: int) -> None:
    """The lines beside bars begin with 0, are few and even, and reach over the highest bar."""
    lines = steps(most)
    assert lines[0] == 0
    assert 2 <= len(lines) <= 5
    assert len({b - a for a, b in pairwise(lines)}) == 1
    assert lines[-2] < max(most, 1) <= lines[-1]


@pytest.mark.parametrize(
    ("number", "short"),
    [(0, "0"), (950, "950"), (1_500, "1.5k"), (20_000, "20k"), (3_000_000, "3M")],
)
def test_numbers_in_few_letters(number: int, short: str) -> None:
    """Numbers beside lines take little room."""
    assert compact(number) == short
