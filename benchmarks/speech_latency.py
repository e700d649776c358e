"""From speak() to the first sound at the output: `python -m benchmarks.speech_latency`.

On the real wire (ALSA, the driver, a simulated loudspeaker): a fixed phrase that was heard before,
a Chinese and an English sentence that were not, and one that takes the place of another in the
middle of a word. Beside them, in the same run: the bare library of espeak-ng, from the call to its
first chunk, of pinyin made beforehand; and the bare output, from a piece of sound handed on to its
arrival. Milliseconds; a word that begins with closed lips or tongue (请, please) is silent for its
first 20 to 40. The last line is JSON; the exit code is 1 when a fixed phrase takes longer than its
budget.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from drivers.audio.alsa import AlsaAudio
from drivers.simulators.audio import AudioSimulator
from drivers.simulators.eve_process import eventually
from kiosk.access.profile import Language, Speech
from kiosk.access.speech import espeak
from kiosk.access.speech.cache import PhraseCache
from kiosk.access.speech.port import Sinks, Utterance
from kiosk.access.speech.synthesiser import NATURAL, VOICES, Synthesiser
from kiosk.access.speech.voice import PIECE, SpokenVoice

ROOT = Path(__file__).resolve().parent.parent
TIMES = 30
BUDGET_MS = 100.0
HOW = Speech(on=True, volume=10)
FIXED = "请把身份证放在读卡器上。"
OTHER = "这一页有三件事要您看一看，看完请按确定。"


def sentences(language: Language) -> list[str]:
    """So many that none is said twice."""
    if language is Language.ZH:
        return [
            f"您有{number}份材料要交，请在{number}天以内办好。" for number in range(2, TIMES + 2)
        ]
    return [f"Please bring {number} papers within {number} days." for number in range(2, TIMES + 2)]


class Bench:
    """A voice on a simulated loudspeaker."""

    def __init__(self, folder: Path, synthesiser: Synthesiser) -> None:
        self.end = AudioSimulator(folder)
        self.end.start()
        self.audio = AlsaAudio(self.end.loudspeaker.pcm)
        self.audio.start(lambda _: None)
        assert eventually(lambda: self.audio.status().usable, 5)
        sinks = Sinks(self.audio.loudspeaker, None)
        self.voice = SpokenVoice(lambda: synthesiser, sinks, PhraseCache({FIXED}.__contains__))
        self.voice.start()

    def close(self) -> None:
        self.voice.stop()
        self.audio.stop()
        self.end.stop()

    def first_sound(self, begin: Callable[[], None]) -> float:
        """Milliseconds from `begin` to sound at the output."""
        began = time.monotonic()
        begin()
        ear = self.end.loudspeaker
        assert eventually(lambda: bool(ear.heard(began)), 5)
        return (ear.heard(began)[0].at - began) * 1000

    def rest(self) -> None:
        """Nothing is said, and nothing said comes any more."""
        self.voice.silence()
        assert eventually(lambda: not self.voice.speaking, 5)
        time.sleep(0.1)  # what the output holds back is given out when it is dropped

    def speak(self, text: str, language: Language = Language.ZH) -> float:
        self.rest()
        return self.first_sound(lambda: self.voice.speak([Utterance(text, language)], HOW))

    def replace(self, text: str) -> float:
        """Spoken in place of another sentence, which is silent first: counted until it is told."""
        told: list[float] = []
        self.voice.listen(lambda said: told.append(time.monotonic()) if said.text == text else None)
        self.voice.speak([Utterance(OTHER, Language.ZH)], HOW)
        time.sleep(0.3)
        began = time.monotonic()
        self.voice.speak([Utterance(text, Language.ZH)], HOW)
        assert eventually(lambda: bool(told), 5)
        return (told[0] - began) * 1000


def bare_library(language: Language, texts: list[bytes]) -> list[float]:
    """Of espeak-ng alone: from the call to its first chunk of sound."""
    library = espeak.start()
    library.use(VOICES[language], NATURAL[language])
    waits = []
    for text in texts:
        came: list[float] = []

        def take(samples: object, count: int, events: object, came: list[float] = came) -> int:
            del samples, events
            came += [time.monotonic()] if count > 0 else []
            return int(bool(came))

        buffer = espeak.ctypes.create_string_buffer(text)
        began = time.monotonic()
        library.say(buffer, espeak.Callback(take))
        waits.append((came[0] - began) * 1000)
    return waits


def measured(bench: Bench, synthesiser: Synthesiser) -> Mapping[str, list[float]]:
    """Each way with its waits in milliseconds."""
    chinese, english = sentences(Language.ZH), sentences(Language.EN)
    pinyin = [
        " ".join(piece.text for piece in synthesiser.pieces(Utterance(text, Language.ZH))).encode()
        for text in chinese
    ]

    def hand_on() -> float:
        bench.rest()
        loud = bench.audio.loudspeaker
        return bench.first_sound(lambda: [loud.play(b"\1\0" * (PIECE // 2)) for _ in range(5)])

    bench.speak(FIXED)
    return {
        "fixed phrase": [bench.speak(FIXED) for _ in range(TIMES)],
        "Chinese, new": [bench.speak(text) for text in chinese],
        "English, new": [bench.speak(text, Language.EN) for text in english],
        "in place of another": [bench.replace(FIXED) for _ in range(TIMES)],
        "bare espeak-ng, pinyin": bare_library(Language.ZH, pinyin),
        "bare espeak-ng, English": bare_library(Language.EN, [text.encode() for text in english]),
        "bare output": [hand_on() for _ in range(TIMES)],
    }


def main() -> int:
    """Measure and print."""
    began = time.monotonic()
    synthesiser = Synthesiser(ROOT / "config/speech")
    loading = time.monotonic() - began
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), synthesiser)
        ways = measured(bench, synthesiser)
        bench.close()
    results = {}
    print(f"{'':<26}{'median':>9}{'p95':>9} ms")
    for way, waits in ways.items():
        p95 = statistics.quantiles(waits, n=20)[-1]
        results[way] = {"median_ms": round(statistics.median(waits), 2), "p95_ms": round(p95, 2)}
        print(f"{way:<26}{results[way]['median_ms']:>9.2f}{p95:>9.2f}")
    print(f"loaded once, when first needed: {loading:.2f} s")
    print(
        json.dumps(
            {
                "benchmark": "speak() to first sound at the output",
                "results": results,
                "loading_s": round(loading, 2),
                "budget_ms": BUDGET_MS,
            }
        )
    )
    return 0 if results["fixed phrase"]["p95_ms"] <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
