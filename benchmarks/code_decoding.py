"""How many codes are read, and how fast: zxing-cpp, pyzbar, and the two together.

`python -m benchmarks.code_decoding`: a set made anew in each run from one seed, of QR codes as a
camera sees them badly, and of Chinese in three ways of writing. `read` counts images whose text is
right; `wrong` those that gave another. `pyzbar` is the library as its documentation has it, the
others are the engines of the driver. The last line is JSON; the exit code is 1 when the two
together read less than one of them alone, or give a text that is not in the image.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from pyzbar import pyzbar

from drivers.code_scanner.decoding import Decoder, Image
from drivers.code_scanner.zbar import ZbarEngine
from drivers.code_scanner.zxing import ZxingEngine
from drivers.simulators.code_camera import Writing, qr_code

SEED = 7
OF_EACH = 24
EMPTY = 40
SIZE = (480, 640)
TEXTS = (
    "yici:case:43990020261120000123K",
    "yici:provisional:T20261120-0042",
    "https://example.invalid/s/0123456789abcdef0123456789abcdef",
    "yici:e-id:" + "MEUCIQDx0pQ7" * 8,
)
CHINESE = ("长沙市样例街道办事处", "申请人李先生，事项受理回执", "一次")

Find = Callable[[Image], set[str]]
Random = np.random.Generator


@dataclass
class Score:
    """Of one way of decoding: by condition, what was read; the time of each image."""

    read: dict[str, int] = field(default_factory=dict)
    wrong: int = 0
    raised: int = 0
    ms: list[float] = field(default_factory=list)
    empty_ms: list[float] = field(default_factory=list)

    @property
    def all_read(self) -> int:
        return sum(self.read.values())


def on_a_table(code: Image, chance: Random) -> Image:
    """Turned by any angle and laid somewhere on a grey table with some noise."""
    height, width = SIZE
    scale = chance.uniform(0.9, 1.1) * 0.55 * height / code.shape[0]
    turn = cv2.getRotationMatrix2D(
        (code.shape[1] / 2, code.shape[0] / 2), chance.uniform(0, 360), scale
    )
    turn[:, 2] += (
        chance.uniform(0.45, 0.55) * width - code.shape[1] / 2,
        chance.uniform(0.47, 0.53) * height - code.shape[0] / 2,
    )
    laid = cv2.warpAffine(code, turn, (width, height), flags=cv2.INTER_AREA, borderValue=190)
    return noisy(np.asarray(laid, np.uint8), 4, chance)


def noisy(image: Image, deviation: float, chance: Random) -> Image:
    shaken = image.astype(np.float32) + chance.normal(0, deviation, image.shape)
    return np.clip(shaken, 0, 255).astype(np.uint8)


def blurred(image: Image, chance: Random) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), chance.uniform(1.5, 4.0)), np.uint8)


def low_contrast(image: Image, chance: Random) -> Image:
    span, dark = chance.uniform(0.06, 0.3), chance.uniform(20, 150)
    return noisy(np.asarray(image * span + dark, np.uint8), 3, chance)


def damaged(code: Image, chance: Random) -> Image:
    spoilt = code.copy()
    for _ in range(chance.integers(2, 7)):
        top, left = chance.integers(0, code.shape[0], 2)
        size = int(code.shape[0] * chance.uniform(0.04, 0.14))
        spoilt[top : top + size, left : left + size] = chance.integers(0, 256)
    return spoilt


def tilted(image: Image, chance: Random) -> Image:
    height, width = image.shape
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = flat + chance.uniform(-0.18, 0.18, flat.shape).astype(np.float32) * (width, height)
    matrix = cv2.getPerspectiveTransform(flat, seen.astype(np.float32))
    return np.asarray(
        cv2.warpPerspective(image, matrix, (width, height), borderValue=190), np.uint8
    )


def glaring(image: Image, chance: Random) -> Image:
    rows, columns = np.indices(image.shape)
    centre = chance.uniform(0.35, 0.65, 2) * image.shape
    distance = np.hypot(rows - centre[0], columns - centre[1])
    light = 230 * np.exp(-((distance / chance.uniform(40, 90)) ** 2))
    return np.asarray(np.clip(image + light, 0, 255), np.uint8)


CONDITIONS: Mapping[str, Callable[[Image, Random], Image]] = {
    "plain": on_a_table,
    "blurred": lambda code, chance: blurred(on_a_table(code, chance), chance),
    "low contrast": lambda code, chance: low_contrast(on_a_table(code, chance), chance),
    "damaged": lambda code, chance: on_a_table(damaged(code, chance), chance),
    "tilted": lambda code, chance: tilted(on_a_table(code, chance), chance),
    "glare": lambda code, chance: glaring(on_a_table(code, chance), chance),
    "light on dark": lambda code, chance: on_a_table(255 - code, chance),
}
WRITINGS: tuple[Writing, ...] = ("utf-8", "gb18030", "hanzi")


def images(chance: Random) -> Iterator[tuple[str, str, Image]]:
    """Condition, text, image."""
    for condition, make in CONDITIONS.items():
        for number in range(OF_EACH):
            text = TEXTS[number % len(TEXTS)]
            yield condition, text, make(qr_code(text), chance)
    for writing in WRITINGS:
        for number in range(OF_EACH):
            text = CHINESE[number % len(CHINESE)]
            yield f"Chinese {writing}", text, on_a_table(qr_code(text, writing=writing), chance)


def empty_frames(chance: Random) -> Iterator[Image]:
    """Tables, papers with lines of print, noise: nothing to read."""
    for number in range(EMPTY):
        frame = np.full(SIZE, 190, np.uint8)
        for line in range(0, number * 10, 12):
            cv2.putText(frame, "Yici 0123 " * 4, (20, line + 10), 0, 0.4, int(chance.integers(90)))
        yield noisy(frame, float(chance.uniform(0, 40)), chance)


def by(decoder: Decoder) -> Find:
    return lambda image: {code.text for code in decoder.decode(image).codes}


def by_pyzbar_alone(image: Image) -> set[str]:
    """As pyzbar's own documentation has it."""
    return {found.data.decode("utf-8") for found in pyzbar.decode(image)}


def timed(find: Find, image: Image, score: Score, times: list[float]) -> set[str]:
    began = time.perf_counter()
    try:
        return find(image)
    except ValueError:
        score.raised += 1
        return set()
    finally:
        times.append((time.perf_counter() - began) * 1000)


def main() -> int:
    """Measure, print, compare."""
    chance = np.random.default_rng(SEED)
    ways: Mapping[str, Find] = {
        "zxing-cpp": by(Decoder([ZxingEngine()])),
        "pyzbar": by_pyzbar_alone,
        "zbar by its bytes": by(Decoder([ZbarEngine()])),
        "together": by(Decoder([ZxingEngine(), ZbarEngine()])),
    }
    scores = {way: Score() for way in ways}
    made = list(images(chance))
    for condition, text, image in made:
        for way, find in ways.items():
            score = scores[way]
            found = timed(find, image, score, score.ms)
            score.read[condition] = score.read.get(condition, 0) + (text in found)
            score.wrong += bool(found - {text})
    for frame in empty_frames(chance):
        for way, find in ways.items():
            score = scores[way]
            score.wrong += bool(timed(find, frame, score, score.empty_ms))
    print_table(scores)
    print(json.dumps({"benchmark": "code decoding", "images": len(made), **figures(scores)}))
    alone = max(score.all_read for way, score in scores.items() if way != "together")
    together = scores["together"]
    return 0 if together.all_read >= alone and together.wrong == 0 else 1


def figures(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        way: {
            "read": score.all_read,
            "wrong": score.wrong,
            "raised": score.raised,
            "mean_ms": round(statistics.mean(score.ms), 2),
            "mean_ms_without_code": round(statistics.mean(score.empty_ms), 2),
        }
        for way, score in scores.items()
    }


def print_table(scores: Mapping[str, Score]) -> None:
    print(f"{f'read of {OF_EACH}':20}" + "".join(f"{way:>20}" for way in scores))
    for condition in next(iter(scores.values())).read:
        row = "".join(f"{score.read[condition]:>20}" for score in scores.values())
        print(f"{condition:20}{row}")


if __name__ == "__main__":
    sys.exit(main())
