"""Rasa is asked over HTTP; silence, slowness and nonsense end in our own model, and cost the wait only once."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import AnyHttpUrl
from structlog.testing import capture_logs

from bot.app.parts import ear
from bot.meaning import Guess
from bot.settings import Settings
from bot.understanding import rasa_engine
from bot.understanding.rasa_engine import (
    Patient,
    Ranking,
    Rasa,
    RasaSilentError,
    RasaUnderstander,
    needs_and_acts,
)
from bot.understanding.understand import Understander
from tests.rasa.listening_servers import answering, never_answering, ranking
from tests.trained import trained_model

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LONG = 30.0
TIRED = "en jaksa enää, soittakaa huomenna numeroon 050 123 4567, asumme Järvenpäässä"


class StandingClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def model_path() -> Path:
    return trained_model()


@pytest.fixture(scope="module")
def own(model_path: Path) -> Understander:
    return Understander.load(Settings().nlu_dir, model_path)


def beside(model_path: Path, ask: Callable[[str], Ranking | None]) -> RasaUnderstander:
    return RasaUnderstander.beside(Settings().nlu_dir, model_path, ask)


def test_a_label_is_as_likely_as_all_intents_it_is_part_of() -> None:
    needs, acts = needs_and_acts(
        [
            Guess("school", 0.4),
            Guess("infant_care+ask_service", 0.3),
            Guess("infant_care", 0.2),
            Guess("greet", 0.1),
        ]
    )
    assert needs == (Guess("infant_care", 0.5), Guess("school", 0.4))
    assert acts == (Guess("none", 0.6), Guess("ask_service", 0.3), Guess("greet", 0.1))


def test_intents_of_another_project_mean_nothing_to_us() -> None:
    assert needs_and_acts([Guess("nlu_fallback", 0.9)]) == ((), (Guess("none", 1.0),))


def test_needs_and_acts_are_rasas_and_everything_else_is_ours(model_path: Path, own: Understander) -> None:
    with answering(ranking(grief__ask_human=0.8, school=0.2)) as rasa:
        heard = beside(model_path, Rasa(rasa.url, LONG)).understand(TIRED, now=NOW)
    mine = own.understand(TIRED, now=NOW)
    assert [one.name for one in heard.needs] == ["grief", "school"]
    assert heard.acts[0] == Guess("ask_human", 0.8)
    assert heard.entities == mine.entities
    assert heard.entities
    assert heard.language == mine.language == "fi"


def test_rasa_is_not_told_the_number_the_time_and_the_place(model_path: Path) -> None:
    with answering(ranking(greet=1.0)) as rasa:
        beside(model_path, Rasa(rasa.url, LONG)).understand(TIRED, now=NOW)
    ((path, body),) = rasa.asked
    assert path == "/model/parse"
    assert "jaksa" in body["text"]
    assert not any(word in body["text"] for word in ("050", "4567", "Järvenpää"))


def test_a_token_and_a_path_in_the_address_are_kept() -> None:
    with answering(ranking(greet=1.0)) as rasa:
        Rasa(f"{rasa.url}/ear/?token=abc", LONG)("hei")
    assert rasa.asked == [("/ear/model/parse?token=abc", {"text": "hei"})]


def test_the_settings_name_the_ear(model_path: Path) -> None:
    with answering(ranking(grief=1.0)) as rasa:
        settings = Settings(nlu="rasa", rasa_url=AnyHttpUrl(rasa.url), model_path=model_path)
        assert ear(settings).understand("minä itken", now=NOW).need() == "grief"
    assert len(rasa.asked) == 1
    assert type(ear(Settings(model_path=model_path))) is Understander


def test_a_pressed_button_and_a_bare_number_are_not_sent_to_rasa(model_path: Path) -> None:
    with answering(ranking(greet=1.0)) as rasa:
        beside_rasa = beside(model_path, Rasa(rasa.url, LONG))
        assert beside_rasa.understand("/infant_care", now=NOW).need() == "infant_care"
        assert beside_rasa.understand("0501234567", now=NOW, asked="phone").first("phone") == "+358501234567"
    assert rasa.asked == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 500),
        (b"<html>", 200),
        (b"[]", 200),
        (b'{"intent_ranking": []}', 200),
        (b'{"intent_ranking": [{"name": "greet"}]}', 200),
        (b'{"intent": null}', 200),
    ],
)
def test_an_answer_that_is_none_is_silence(body: bytes, status: int) -> None:
    with answering(body, status) as rasa, pytest.raises(RasaSilentError):
        Rasa(rasa.url, LONG)("hei")


def test_nobody_there_is_silence() -> None:
    with answering(b"") as gone:
        pass
    with pytest.raises(RasaSilentError):
        Rasa(gone.url, LONG)("hei")


def test_who_never_answers_is_waited_for_three_tenths_of_a_second_and_no_longer() -> None:
    assert rasa_engine.LIMIT == 0.3
    with never_answering() as rasa, pytest.raises(RasaSilentError, match="in time"):
        Rasa(rasa.url)(
            "hei"
        )  # that this returns at all is the test: the server keeps silent until we are out


def test_when_rasa_is_silent_our_own_model_answers(model_path: Path, own: Understander) -> None:
    with never_answering() as rasa:
        heard = beside(model_path, Patient(Rasa(rasa.url))).understand(TIRED, now=NOW)
    assert heard == own.understand(TIRED, now=NOW)


def test_a_silent_rasa_is_asked_again_only_after_a_rest(model_path: Path) -> None:
    clock = StandingClock()
    asked: list[str] = []

    def silent(text: str) -> Ranking:
        asked.append(text)
        raise RasaSilentError("no answer in time")

    beside_rasa = beside(model_path, Patient(silent, clock))
    for _ in range(20):
        beside_rasa.understand("vauva ei nuku", now=NOW)
    assert len(asked) == 1
    clock.now += rasa_engine.REST
    for _ in range(20):
        beside_rasa.understand("vauva ei nuku", now=NOW)
    assert len(asked) == 2


def test_it_is_said_once_a_minute_and_without_words_of_the_message() -> None:
    clock = StandingClock()

    def silent(_text: str) -> Ranking:
        raise RasaSilentError("ConnectionRefusedError")

    patient = Patient(silent, clock)
    with capture_logs() as logs:
        for _ in range(13):  # two minutes, asked every ten seconds
            patient("salaisuus")
            clock.now += rasa_engine.REST
    assert [(one["log_level"], one["why"]) for one in logs] == [("warning", "ConnectionRefusedError")] * 3
    assert "salaisuus" not in str(logs)


def test_rasa_is_believed_again_once_it_answers() -> None:
    clock = StandingClock()
    answers: list[Ranking | None] = [None, [Guess("greet", 1.0)], [Guess("greet", 1.0)]]

    def ask(_text: str) -> Ranking:
        answer = answers.pop(0)
        if answer is None:
            raise RasaSilentError("ConnectionRefusedError")
        return answer

    patient = Patient(ask, clock)
    assert patient("hei") is None
    clock.now += rasa_engine.REST
    assert patient("hei")
    assert patient("hei")
