"""`python -m rasa_beside`: set Rasa up, train it on our sentences, serve it."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from bot.content import ContentError
from bot.settings import Settings
from rasa_beside import environment, server, training


def main() -> int:
    """Do what the command line asks; give the exit code."""
    asked = _arguments()
    try:
        if asked.what == "set-up":
            environment.python()
            return 0
        print(
            "Training Rasa when its sentences have changed; on all of them that takes half an hour.",
            flush=True,
        )
        trained = training.train(
            asked.data, asked.folder, most=asked.most, epochs=asked.epochs, as_written=asked.as_written
        )
    except environment.NoPython310Error as error:
        print(error)
        return 0 if asked.what == "set-up" else 1  # who needs it says so again, and fails where it must
    except (ContentError, training.TrainingFailedError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(training.as_json(trained)))
    if asked.what == "serve":
        print(f"Rasa is opening on http://{asked.host}:{asked.port}; the bot uses it with PERHEOVI_NLU=rasa.")
        command = server.command(trained.model, asked.host, asked.port)
        os.chdir(asked.folder)
        os.execve(command[0], command, environment.variables())  # noqa: S606 - our own command
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rasa_beside", description=main.__doc__)
    parser.add_argument("what", choices=("set-up", "train", "serve"))
    parser.add_argument("--data", type=Path, default=Settings().nlu_dir, help="the folder of sentences")
    parser.add_argument(
        "--folder", type=Path, default=environment.PLACE / "models", help="where models are kept"
    )
    parser.add_argument("--most", type=int, help="at most so many sentences; default: all")
    parser.add_argument("--epochs", type=int, help="default: as in config.yml")
    parser.add_argument("--as-written", action="store_true", help="leave our spelling of words out")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
