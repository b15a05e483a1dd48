"""`make bench`: trains both engines on one split, asks both the same, and says what it found.

Rasa's model is kept for the next run of the same sentences; with `--most 300 --epochs 25` a run takes four minutes.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from bench import contestants, report, running, split
from bot.content import ContentError
from bot.settings import Settings
from rasa_beside import environment, server, training

_PLACE = environment.ROOT / "var" / "bench"


def main() -> int:
    """Run everything; give the exit code."""
    asked = _arguments()
    settings = Settings()
    load = os.getloadavg()[0]
    try:
        environment.python()
        print("Choosing sentences.", flush=True)
        chosen = split.make(settings.nlu_dir, _PLACE, asked.most)
        print(f"Training our engine on {len(chosen.learned)} sentences.", flush=True)
        mine = [contestants.ours("ours", chosen)]
        if asked.with_encoder:
            mine.append(contestants.ours("ours and encoder", chosen, encoder=settings.nlu_dir / "encoder"))
        print(
            "Training Rasa, unless it has been on these sentences; ten minutes for 3,500 of them.", flush=True
        )
        everybody = [contestants.as_shipped(_PLACE), *mine, contestants.rasa(chosen, asked.epochs)]
        print("Starting and asking everybody in turns.", flush=True)
        found = running.run(everybody, chosen, rounds=asked.rounds, texts=asked.texts)
    except (
        ContentError,
        environment.NoPython310Error,
        server.DidNotStartError,
        training.TrainingFailedError,
        subprocess.CalledProcessError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    told = report.Report(
        split=chosen, contestants=everybody, figures=found, load_before=load, timed=asked.texts
    )
    print("\n" + "\n".join(report.lines(told)))
    print("Written: " + ", ".join(map(str, report.write(told, asked.out))))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--most", type=int, default=4000, help="sentences in the split")
    parser.add_argument(
        "--epochs", type=int, help="of Rasa's training; default: as in rasa_beside/config.yml"
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often starts and times are taken")
    parser.add_argument("--texts", type=int, default=300, help="sentences timed in each round")
    parser.add_argument(
        "--with-encoder", action="store_true", help="also our engine with the shipped encoder"
    )
    parser.add_argument("--out", type=Path, default=_PLACE, help="where bench.json and bench.md are written")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
