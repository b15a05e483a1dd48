"""How long a family waits: from the tap on the send button to the first reply that can be read on the screen.

A phone of the middle class on slow 4G, as Lighthouse describes it: a processor four times slower than this machine's,
150 ms for each exchange, 1.6 Mbit/s down and 750 kbit/s up. The server is our own, in a process of its own, as
shipped, after one talk that is not counted; on a busy machine the figure is worse, so the load is told with it.
"""

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench import contestants
from rasa_beside import environment, server
from tests.browser.chromium import NoChromiumError, chromium, find_chromium

GOAL_MS = 400
CPU_TIMES_SLOWER = 4
SLOW_4G = {
    "offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "fi-FI",
}  # fmt: skip
SAID = (
    "Ollaan Järvenpäästä. Meidän 2-vuotias ei nuku ja olen ihan poikki",
    "mitä se maksaa",
    "murrosikäinen ei enää puhu meille mitään",
    "me ollaan eroamassa ja lapset itkee iltaisin",
    "kiitos",
    "rahat loppuu aina ennen kuun loppua",
    "huudan lapsille joka aamu ja hävettää",
    "voisko joku soittaa mulle",
    "050 123 4567",
    "huomenna iltapäivällä",
)
_WATCH = """() => {
  window.waited = [];
  const log = document.querySelector(".chat-log");
  let tapped = 0;
  // The moment of the finger on the glass, by the browser's own clock.
  document.querySelector(".send").addEventListener("pointerdown", (event) => { tapped = event.timeStamp; });
  new MutationObserver((found) => {
    const text = found.some((one) => [...one.addedNodes].some((node) => node.closest?.(".answer")?.innerText.trim()));
    if (!text || !tapped) return;
    const from = tapped;
    tapped = 0;
    // The second frame begins when the first is on the screen.
    requestAnimationFrame(() => requestAnimationFrame((now) => waited.push(performance.now() - from)));
  }).observe(log, { childList: true, subtree: true });
}"""


def main() -> int:
    """Measure, tell, write `first_text.json`; give the exit code."""
    asked = _arguments()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place:
        one, port = contestants.as_shipped(Path(place)), server.free_port()
        url, log = f"http://127.0.0.1:{port}", one.folder / "server.log"
        try:
            with (
                server.started(one.command(port), url, log, one.variables),
                chromium(find_chromium) as browser,
            ):
                talk(browser, url)  # a server that has just started is not what families meet
                took = [time for _ in range(asked.talks) for time in talk(browser, url)]
        except (server.DidNotStartError, NoChromiumError) as error:
            print(error, file=sys.stderr)
            return 1
    report = figures(took, load)
    print(
        "From the tap to the first reply on the screen, 4 times slower processor, slow 4G: "
        "p50 {p50:.0f} ms, p95 {p95:.0f} ms, slowest {slowest:.0f} ms of {messages} messages "
        "(goal: p95 {goal} ms; load of this machine before {load_before:.1f}).".format(**report)
    )
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "first_text.json").write_text(json.dumps(report, indent=2) + "\n")
    return 0


def talk(browser: Browser, url: str) -> Sequence[float]:
    """One talk on such a phone; gives the milliseconds each message waited for its first reply."""
    context = browser.new_context(base_url=url, **PHONE)
    page = context.new_page()
    page.goto("/chat", wait_until="networkidle")
    slow_down(page)
    page.evaluate(_WATCH)
    for number, words in enumerate(SAID, 1):
        page.locator("#message").fill(words)
        page.locator(".send").tap()
        page.wait_for_function("number => waited.length === number", arg=number)
        page.locator(".answer:not([data-coming])").nth(number - 1).wait_for()
    took: list[float] = page.evaluate("waited")
    context.close()
    return took


def slow_down(page: Page) -> None:
    """Make the page's processor and network those of such a phone (Chromium only)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_TIMES_SLOWER})


def figures(took: Sequence[float], load: float) -> dict[str, float]:
    """What is told of some milliseconds."""
    return {
        "messages": len(took),
        "p50": statistics.median(took),
        "p95": sorted(took)[math.ceil(0.95 * len(took)) - 1],
        "slowest": max(took),
        "goal": GOAL_MS,
        "load_before": load,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.first_text", description=__doc__)
    parser.add_argument("--talks", type=int, default=20, help="talks of ten messages each")
    parser.add_argument(
        "--out",
        type=Path,
        default=environment.ROOT / "var" / "bench",
        help="where first_text.json is written",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
