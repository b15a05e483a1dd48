"""Every setting, in one table: name, type, default, meaning. Read once, by the commands."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class SetupError(Exception):
    """Something outside the program must be put right first; the message says what to do."""


class Settings(BaseSettings):
    """Read from environment variables `PERHEOVI_*` and a `.env` file in the working directory."""

    model_config = SettingsConfigDict(env_prefix="PERHEOVI_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Annotated[
        Path, Field(description="Where the embedded database, the key and the model are kept")
    ] = _ROOT / "var"
    database_url: Annotated[
        str | None,
        Field(description="PostgreSQL in production (postgresql+psycopg://…); default: SQLite in data_dir"),
    ] = None
    secret_key: Annotated[
        SecretStr | None,
        Field(
            description="The secret all keys derive from; default: a file in data_dir, not with PostgreSQL"
        ),
    ] = None
    dialogues_dir: Annotated[Path, Field(description="The flows and responses")] = _ROOT / "dialogues"
    nlu_dir: Annotated[Path, Field(description="The training data")] = _ROOT / "nlu_data"
    catalogue_dir: Annotated[Path, Field(description="The catalogue that seeds an empty database")] = (
        _ROOT / "services_catalog"
    )
    test_data: Annotated[
        Path, Field(description="Public registers to measure the search on; no part of an installation")
    ] = _ROOT.parent / "shared" / "data"
    model_path: Annotated[Path | None, Field(description="The trained model; default: in data_dir")] = None
    nlu: Annotated[Literal["embedded", "rasa"], Field(description="Which engine hears needs and acts")] = (
        "embedded"
    )
    rasa_url: Annotated[
        AnyHttpUrl, Field(description="Where Rasa answers when it is the engine; a ?token=… is sent along")
    ] = AnyHttpUrl("http://127.0.0.1:5005")
    ptv_api_key: Annotated[
        SecretStr | None,
        Field(description="What the Finnish Service Catalogue wants with every request of version 12"),
    ] = None
    channel_token: Annotated[
        SecretStr | None,
        Field(
            description="What a front end on the REST channel sends as its bearer token (not needed in a demo)"
        ),
    ] = None
    exchange_secret: Annotated[
        SecretStr | None,
        Field(
            description="What a telephone exchange signs its missed calls with, 32 characters or more",
            min_length=32,
        ),
    ] = None
    embed_origins: Annotated[
        str,
        Field(description="Sites whose pages may have the chat on them, by origin and parted by spaces"),
    ] = ""
    public_url: Annotated[
        AnyHttpUrl | None,
        Field(description="The address of this server as families see it; Telegram needs it"),
    ] = None
    telegram_token: Annotated[
        SecretStr | None, Field(description="The token of the bot in Telegram; without one there is none")
    ] = None
    telegram_mode: Annotated[
        Literal["webhook", "polling"],
        Field(description="Whether Telegram brings updates to public_url, or one process asks for them"),
    ] = "webhook"
    telegram_api_url: Annotated[AnyHttpUrl, Field(description="The Bot API server")] = AnyHttpUrl(
        "https://api.telegram.org"
    )
    sms_url: Annotated[
        AnyHttpUrl | None,
        Field(description="The gateway that takes SMS as JSON (docs/notices.md); without one there are none"),
    ] = None
    sms_token: Annotated[
        SecretStr | None, Field(description="What the SMS gateway wants as its bearer token")
    ] = None
    sms_from: Annotated[
        str | None, Field(description="Whom an SMS comes from, where the gateway lets us choose; neutral")
    ] = None
    smtp_url: Annotated[
        SecretStr | None,
        Field(
            description="The server that takes e-mail: smtps://user:password@host:465; without one no e-mail"
        ),
    ] = None
    smtp_from: Annotated[
        str | None, Field(description="Whom an e-mail comes from: a neutral name and address")
    ] = None
    second_factor: Annotated[
        Literal["required", "offered"] | None,
        Field(
            description="Whether staff must have a second factor; default: required with PostgreSQL, not in a demo"
        ),
    ] = None
    oidc_issuer: Annotated[
        str | None,
        Field(description="The organisation's sign-in (OpenID Connect), as it names itself: https://…"),
    ] = None
    oidc_client_id: Annotated[str | None, Field(description="What we are called there")] = None
    oidc_client_secret: Annotated[
        SecretStr | None, Field(description="How we prove it; without one PKCE alone")
    ] = None
    oidc_label: Annotated[str | None, Field(description="Whose sign-in it is, on its button")] = None
    trusted_proxies: Annotated[
        int, Field(description="How many proxies in front of us set X-Forwarded-For", ge=0, le=5)
    ] = 0
    learn_from_messages: Annotated[
        bool,
        Field(
            description="Whether a family may give a message that was not understood to teach the bot (kept 30 days)"
        ),
    ] = False
    live_chat: Annotated[
        bool, Field(description="Whether a family may ask a person into the chat in an area's calling hours")
    ] = True
    link_check: Annotated[
        bool, Field(description="Whether the web addresses of the catalogue are asked each night (on, off)")
    ] = False
    lease_minutes: Annotated[
        int,
        Field(description="A claim without a word from its holder goes back to the queue after this", ge=1),
    ] = 30

    def effective_database_url(self) -> str:
        """The database's address; SQLite in `data_dir` unless another is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'perheovi.sqlite3'}"

    def second_factor_required(self, *, demo: bool) -> bool:
        """Whether staff without a second factor reach nothing but the page where they make one."""
        production = self.effective_database_url().startswith("postgresql") and not demo
        return self.second_factor == "required" or (self.second_factor is None and production)

    def effective_model_path(self) -> Path:
        """The trained model's file."""
        return self.model_path or self.data_dir / "model.npz"
