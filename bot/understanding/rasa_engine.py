"""The second ear: needs and acts as a Rasa server beside the bot hears them.

Language, facts, remarks and safety stay ours. When Rasa does not answer in time, our own model answers instead; then
Rasa is left alone for a while, so that a dead server costs the time limit once and not with every message.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import structlog

from bot.meaning import Guess
from bot.understanding import labels
from bot.understanding.model import Reading
from bot.understanding.understand import Understander

log = structlog.get_logger()

LIMIT = 0.3
"""Seconds a family may wait for Rasa before our own model answers."""
REST = 10.0
"""Seconds for which Rasa is not asked after it has failed to answer."""
_LOG_EVERY = 60.0
_AT_ONCE = 8
_OK = 200

Ranking = Sequence[Guess]
Ask = Callable[[str], Ranking | None]
"""Every intent with its confidence; None when there is no answer to be had now."""


class RasaSilentError(Exception):
    """Rasa did not answer, or not in time, or not what `/model/parse` answers; carries why, never a message."""


class Rasa:
    """A Rasa server's `POST /model/parse`, asked with a limit in seconds that holds for everything together."""

    def __init__(self, url: str, limit: float = LIMIT) -> None:
        """`url` may have a path before `/model/parse`, and a query (`?token=…`) that is sent along."""
        self._at = urlsplit(url)
        self._limit = limit
        # Looking a name up and a server that answers letter by letter know no time-out; a thread can be left behind.
        self._asking = ThreadPoolExecutor(_AT_ONCE, "rasa")

    def __call__(self, text: str) -> Ranking:
        """Every intent for `text`, best first. Raises `RasaSilentError`."""
        asked = self._asking.submit(self._ask, text)
        try:
            return asked.result(self._limit)
        except TimeoutError as error:
            asked.cancel()
            raise RasaSilentError("no answer in time") from error
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            raise RasaSilentError(type(error).__name__) from error

    def _ask(self, text: str) -> Ranking:
        kind = HTTPSConnection if self._at.scheme == "https" else HTTPConnection
        connection = kind(self._at.hostname or "", self._at.port, timeout=self._limit)
        try:
            query = f"?{self._at.query}" if self._at.query else ""
            body = json.dumps({"text": text})
            headers = {"Content-Type": "application/json"}
            connection.request("POST", f"{self._at.path.rstrip('/')}/model/parse{query}", body, headers)
            with connection.getresponse() as answer:
                if answer.status != _OK:
                    raise HTTPException(f"status {answer.status}")
                return _ranking(json.loads(answer.read()))
        finally:
            connection.close()


def _ranking(answer: Any) -> Ranking:
    """The intents of a parse answer. Raises KeyError, TypeError or ValueError for anything else."""
    ranked = [Guess(str(one["name"]), float(one["confidence"])) for one in answer["intent_ranking"]]
    if not ranked:
        raise ValueError("no intents")
    return ranked


@dataclass(slots=True)
class Patient:
    """Asks Rasa unless it failed a moment ago; says in the log, once a minute at most, that it fails."""

    ask: Callable[[str], Ranking]
    clock: Callable[[], float] = time.monotonic
    _rests_until: float | None = field(default=None, init=False)
    _silent_until: float | None = field(default=None, init=False)

    def __call__(self, text: str) -> Ranking | None:
        """Every intent, or None while Rasa fails or rests."""
        now = self.clock()
        failing = self._rests_until is not None
        if self._rests_until is not None and now < self._rests_until:
            return None
        if failing:  # one message tries it; those that come meanwhile do not wait too
            self._rests_until = now + REST
        try:
            ranking = self.ask(text)
        except RasaSilentError as error:
            self._rests_until = self.clock() + REST
            self._log(str(error), now)
            return None
        if failing:
            log.info("rasa answers again")
        self._rests_until = None
        return ranking

    def _log(self, why: str, now: float) -> None:
        if self._silent_until is None or now >= self._silent_until:
            self._silent_until = now + _LOG_EVERY
            log.warning("rasa does not answer, our own model does", why=why)


class RasaUnderstander(Understander):
    """Our own understanding with Rasa's needs and acts; with our own whenever Rasa gives none."""

    ask: Ask

    @classmethod
    def beside(cls, nlu_dir: Path, model_path: Path, ask: Ask) -> Self:
        """Read our own model too, which knows the languages and stands in; raises `model.ModelError`."""
        found = cls.load(nlu_dir, model_path)
        found.ask = ask
        return found

    def _labels(self, text: str, said: Reading | None) -> tuple[tuple[Guess, ...], tuple[Guess, ...]]:
        ranking = self.ask(text) if said else None
        return super()._labels(text, said) if ranking is None else needs_and_acts(ranking)


def needs_and_acts(ranking: Ranking) -> tuple[tuple[Guess, ...], tuple[Guess, ...]]:
    """Rankings of needs and of acts from a ranking of intents, `need+act` among them.

    A label is as likely as all intents it is part of together. Intents that are not ours count for neither.
    """
    needs: dict[str, float] = defaultdict(float)
    acts: dict[str, float] = defaultdict(float)
    for one in ranking:
        meant = labels.parts(one.name)
        if meant is None:
            continue
        need, act = meant
        acts[act] += one.confidence
        if need:
            needs[need] += one.confidence
    return _ranked(needs), _ranked(acts) or (Guess(labels.NO_ACT, 1.0),)


def _ranked(chances: dict[str, float]) -> tuple[Guess, ...]:
    guesses = [Guess(name, round(min(1.0, chance), 4)) for name, chance in chances.items()]
    return tuple(sorted(guesses, key=lambda guess: -guess.confidence))
