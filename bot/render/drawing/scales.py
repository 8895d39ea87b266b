"""The numbers beside a chart's lines."""

_STEPS = (1, 2, 2.5, 5, 10)
_LINES = 4


def steps(most: int) -> list[int]:
    """Return round numbers at even distances, from 0 to one that is no less than the most."""
    most = max(most, 1)
    size = 1
    while True:
        for step in _STEPS:
            distance = step * size
            if distance == int(distance) and distance * _LINES >= most:
                count = -(-most // int(distance))
                return [int(distance) * it for it in range(count + 1)]
        size *= 10


def compact(number: int) -> str:
    """Return a number in few letters: 950, 1.5k, 20k, 3M."""
    for size, unit in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.2f}".rstrip("0").rstrip(".") + unit
    return str(number)
