"""A real Rasa, trained on three hundred of our sentences; without a Python 3.10 its tests say so, and fail in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from rasa_beside import environment, server, training

MOST_SENTENCES, EPOCHS = 300, 25


@pytest.fixture(scope="session")
def rasa_python() -> Path:
    """The Python of Rasa's environment, which `make test` has set up."""
    try:
        return environment.python()
    except environment.NoPython310Error as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def rasa_url(rasa_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a trained Rasa answers."""
    assert rasa_python.exists()
    folder = environment.PLACE / "tests"
    trained = training.train(Settings().nlu_dir, folder, most=MOST_SENTENCES, epochs=EPOCHS)
    assert trained.sentences == MOST_SENTENCES
    with server.running(trained.model, tmp_path_factory.mktemp("rasa") / "server.log") as running:
        yield running.url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first waits for the environment, the training and the start."""
    for item in items:
        if f"{os.sep}rasa{os.sep}" in str(item.path):
            item.add_marker(pytest.mark.timeout(900))
