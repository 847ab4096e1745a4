"""Regions of a picture, in ten-thousandths of its width and height.

``{"shape": "rect", "points": [[x, y], [x, y]]}`` (two opposite corners), ``{"shape": "circle",
"points": [[x, y], [radius, 0]]}``, or ``{"shape": "polygon", "points": [[x, y], …]}``, all whole
numbers. The edge belongs to a region.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

#: The right and the lower edge of every picture.
EXTENT = 10_000
#: Corners a polygon may have.
MAX_CORNERS = 60

Point = Sequence[int]


def is_point(value: Any) -> bool:
    """Tell whether *value* is a place in the picture."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return all(type(one) is int and 0 <= one <= EXTENT for one in value)


def is_region(value: Any) -> bool:
    """Tell whether *value* is a region with an area."""
    if not isinstance(value, Mapping) or not isinstance(value.get("points"), list | tuple):
        return False
    shape, points = value.get("shape"), value["points"]
    if not all(is_point(point) for point in points):
        return False
    if shape == "rect":
        return len(points) == 2 and all(a != b for a, b in zip(*points, strict=True))
    if shape == "circle":
        return len(points) == 2 and points[1][0] > 0 and points[1][1] == 0
    return shape == "polygon" and 3 <= len(points) <= MAX_CORNERS and _doubled_area(points) != 0


def is_within(point: Point, region: Mapping[str, Any]) -> bool:
    """Tell whether *point* is in *region* or on its edge."""
    shape, points = region["shape"], region["points"]
    if shape == "rect":
        sides = zip(point, *points, strict=True)
        return all(min(a, b) <= one <= max(a, b) for one, a, b in sides)
    if shape == "circle":
        (x, y), (radius, _) = points
        return bool((point[0] - x) ** 2 + (point[1] - y) ** 2 <= radius**2)
    return _is_in_polygon(point, points)


def point_within(region: Mapping[str, Any]) -> list[int]:
    """Return a point of *region*."""
    points = region["points"]
    if region["shape"] == "rect":
        return [(a + b) // 2 for a, b in zip(*points, strict=True)]
    return list(points[0])


def _turn(a: Point, b: Point, point: Point) -> int:
    """Return on which side of the line a → b *point* is: negative, 0 on it, or positive."""
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])


def _is_in_polygon(point: Point, corners: Sequence[Point]) -> bool:
    inside = False
    for a, b in pairwise([*corners, corners[0]]):
        turn = _turn(a, b, point)
        if turn == 0 and _is_between(point, a, b):
            return True
        if (a[1] > point[1]) != (b[1] > point[1]) and (turn > 0) == (b[1] > a[1]):
            inside = not inside
    return inside


def _is_between(point: Point, a: Point, b: Point) -> bool:
    sides = zip(point, a, b, strict=True)
    return all(min(one, other) <= at <= max(one, other) for at, one, other in sides)


def _doubled_area(corners: Sequence[Point]) -> int:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*corners, corners[0]]))
