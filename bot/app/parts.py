"""The parts that outlive a request: keys, database, catalogue, content, the ear."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.app.live_content import LiveContent
from bot.callbacks.sealing import fill_columns
from bot.channels import notices
from bot.clock import Clock
from bot.content import ContentError
from bot.database import Database, DatabaseUnavailableError
from bot.guidance import areas, contact_persons, reading
from bot.guidance.areas import Areas
from bot.guidance.store import CatalogueCache, entries, seed
from bot.keys import Keys, read_or_make_secret
from bot.migrations import run as migrations
from bot.rota.reading import RotaCache
from bot.settings import Settings, SetupError
from bot.turn import Turns
from bot.understanding.fingerprint import model_is_current
from bot.understanding.rasa_engine import Patient, Rasa, RasaUnderstander
from bot.understanding.understand import Understander


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a server, the terminal talk and the commands work with."""

    settings: Settings
    clock: Clock
    database: Database
    areas: Areas
    catalogue: CatalogueCache
    content: LiveContent
    understander: Understander
    turns: Turns

    def close(self) -> None:
        """Close what was opened."""
        self.database.close()


def keys_for(settings: Settings) -> Keys:
    """The installation's keys. Raises `SetupError` for PostgreSQL without a secret from outside."""
    if settings.secret_key is not None:
        secret = settings.secret_key.get_secret_value().encode()
    elif settings.database_url and not settings.database_url.startswith("sqlite"):
        raise SetupError(
            "PERHEOVI_SECRET_KEY is not set: a database of its own needs a secret from outside. "
            "Set it to at least 32 random characters and keep a copy where the database is not."
        )
    else:
        secret = read_or_make_secret(settings.data_dir / "secret.key")
    try:
        return Keys(secret)
    except ValueError as error:
        raise SetupError(str(error)) from error


def open_database(settings: Settings) -> Database:
    """The database the settings name, not yet looked at."""
    try:
        return Database(settings.effective_database_url(), keys_for(settings))
    except (ValueError, ImportError) as error:
        raise SetupError(f"PERHEOVI_DATABASE_URL cannot be used: {error}") from error


def prepare(settings: Settings, clock: Clock) -> Path:
    """Make the installation ready: tables up to date, catalogue seeded, model trained. Each only when needed.

    Gives the model's path. Raises `SetupError`, `ContentError` or `DatabaseUnavailableError`.
    """
    database = open_database(settings)
    try:
        prepare_database(settings, database, clock)
    finally:
        database.close()
    model_path = settings.effective_model_path()
    if not model_is_current(settings.nlu_dir, model_path):
        _train_apart(settings.nlu_dir, model_path)
    return model_path


def _train_apart(nlu_dir: Path, model_path: Path) -> None:
    """Train in a process of its own: what training needs in memory would otherwise stay with the server."""
    model_path.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bot", "train", "--data", str(nlu_dir), "--model", str(model_path)]
    trained = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  (our own command)
    if trained.returncode:
        raise SetupError(
            trained.stderr.strip() or "the model could not be trained; run `perheovi train` to see why"
        )


def prepare_database(settings: Settings, database: Database, clock: Clock) -> None:
    """Bring the tables up to date and seed an empty catalogue."""
    try:
        if not migrations.is_current(database):
            migrations.upgrade(database)
            database.write_now(fill_columns)
    except DatabaseUnavailableError:
        raise
    except migrations.UnknownVersionError as error:
        raise SetupError(
            "The database was made by another version of Perheovi, which this one does not know. Start the newer"
            " version, or choose another database with PERHEOVI_DATABASE_URL or PERHEOVI_DATA_DIR."
        ) from error
    except Exception as error:
        if "OperationalError" in type(error).__name__:
            raise DatabaseUnavailableError(_unreachable(database)) from error
        raise
    if not database.read_now(entries):
        services = reading.read_services(settings.catalogue_dir)
        database.write_now(lambda session: seed(session, services, now=clock()))


def open_parts(settings: Settings, clock: Clock) -> Parts:
    """Open everything; `prepare` comes before. Raises as `prepare` does."""
    database = open_database(settings)
    try:
        understander = ear(settings)
        known_areas = areas.load(settings.catalogue_dir)
        contacts = contact_persons.load(settings.catalogue_dir)
        content = LiveContent(settings.dialogues_dir, understander)
    except ContentError:
        database.close()
        raise
    catalogue = CatalogueCache(known_areas)
    turns = Turns(
        database=database,
        clock=clock,
        content=content.now,
        areas=known_areas,
        catalogue=catalogue.get,
        rota=RotaCache(known_areas),
        contacts=contacts,
        learns=settings.learn_from_messages,
        live_chat=settings.live_chat,
        notices=notices.set_up(settings),
    )
    return Parts(settings, clock, database, known_areas, catalogue, content, understander, turns)


def ear(settings: Settings) -> Understander:
    """The engine the settings name. Raises `ModelError` without a model of our own, which Rasa needs beside it too."""
    where = settings.nlu_dir, settings.effective_model_path()
    if settings.nlu == "rasa":
        return RasaUnderstander.beside(*where, Patient(Rasa(str(settings.rasa_url))))
    return Understander.load(*where)


def _unreachable(database: Database) -> str:
    return (
        f"The database at {database.url.render_as_string(hide_password=True)} does not answer. "
        "Start it, or correct PERHEOVI_DATABASE_URL."
    )
