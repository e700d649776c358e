"""How long a receipt takes to become bytes: `python benchmarks/receipt_bytes.py`.

Budget: 20 ms for a whole receipt, warm. The last line is JSON; the exit code is 1 when the budget
is not kept.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.slip import Align, Pair, QrCode, Rule, Slip, Text

BUDGET_MS = 20.0
ROUNDS = 200
FONT = Path(__file__).parent.parent / "build/fonts/NotoSansSC-Regular.otf"

RECEIPT = Slip(
    (
        Text("受理回执", Align.CENTRE, bold=True, scale=2),
        Rule(),
        Pair("办件编号", "430100202611220001234"),
        Pair("申请人", "李𠮷㙍"),
        *(Pair(f"事项 {number}", "出生医学证明签发，五个工作日内办结") for number in range(1, 8)),
        Rule(),
        Text("可凭办件编号或扫描下方二维码查询进度。请保管好本回执。" * 3),
        QrCode("https://example.invalid/case/430100202611220001234", "扫码查进度"),
    )
)


def main() -> int:
    """Measure, print, compare with the budget."""
    encoder = SlipEncoder(PAPER_80_MM, Glyphs(FONT))
    size = len(encoder.encode(RECEIPT))
    spans = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        encoder.encode(RECEIPT)
        spans.append((time.perf_counter() - began) * 1000)
    median, p95 = statistics.median(spans), statistics.quantiles(spans, n=20)[-1]
    print(json.dumps({"bytes": size, "median_ms": round(median, 2), "p95_ms": round(p95, 2)}))
    return 0 if p95 <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
