"""What an operator sets, by environment variable or `.env`, each checked at the start."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DISCORD_API_URL = "https://discord.com/api/v10"
OPENROUTER_BASE_URL = "https://openrouter.ai/api/v1"
MODEL = "minimax/minimax-m1"
DEFAULT_DATABASE_URL = "sqlite+aiosqlite:///data/threadlight.db"


class SettingError(Exception):
    """Name the variable that is missing or malformed, and say what to put there."""


class LogFormat(StrEnum):
    """How log lines look."""

    CONSOLE = "console"
    JSON = "json"


class Switch(StrEnum):
    """Whether something is done."""

    ON = "on"
    OFF = "off"


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value()
    if not text or any(character.isspace() or not character.isprintable() for character in text):
        raise ValueError
    return value


def _url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    host = rest.split("/", 1)[0]
    if scheme not in {"http", "https"} or not separator or not host or any(map(str.isspace, value)):
        raise ValueError
    return value.rstrip("/")


def _database_url(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError
    return value


def _shard_ids(value: object) -> object:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Secret = Annotated[SecretStr, AfterValidator(_secret)]
Url = Annotated[str, AfterValidator(_url)]


class StorageSettings(BaseSettings):
    """What is needed to reach the database, and no more."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", hide_input_in_errors=True, env_ignore_empty=True
    )

    database_url: Annotated[str, AfterValidator(_database_url)] = DEFAULT_DATABASE_URL


class Settings(StorageSettings):
    """Everything `threadlight run` needs."""

    discord_token: Secret
    openrouter_api_key: Secret
    model: Annotated[str, Field(pattern=r"^[^/\s]+/[^/\s]+$")] = MODEL
    openrouter_base_url: Url = OPENROUTER_BASE_URL
    discord_api_url: Url = DISCORD_API_URL
    daily_cost_limit_usd: Annotated[Decimal, Field(ge=0, le=1_000_000)] = Decimal(5)
    server_daily_cost_limit_usd: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    default_quota: str = "requests/day=50, tokens/day=200000"
    context_tokens: Annotated[int, Field(ge=1_000, le=1_000_000)] = 32_000
    max_output_tokens: Annotated[int, Field(ge=256, le=40_000)] = 8_000
    least_output_tokens: Annotated[int, Field(ge=1, le=40_000)] = 300
    titles: Switch = Switch.ON
    operator_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    shard_count: Annotated[int, Field(ge=1, le=10_000)] | None = None
    shard_ids: Annotated[list[int], NoDecode, BeforeValidator(_shard_ids)] | None = None
    log_format: LogFormat = LogFormat.CONSOLE

    @model_validator(mode="after")
    def _shards_fit(self) -> Self:
        if self.shard_ids is None:
            return self
        count = self.shard_count
        if count is None or not all(0 <= shard < count for shard in self.shard_ids):
            message = "SHARD_IDS must be numbers below SHARD_COUNT, and SHARD_COUNT must be set."
            raise SettingError(message)
        return self


ADVICE = {
    "discord_token": "the bot's token, from the Bot page of your Discord application",
    "openrouter_api_key": "an OpenRouter key, which begins with sk-or-",
    "database_url": "sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/NAME",
    "model": f"a model's slug, such as {MODEL}",
    "openrouter_base_url": f"an http(s) address, such as {OPENROUTER_BASE_URL}",
    "discord_api_url": f"an http(s) address, such as {DISCORD_API_URL}",
    "daily_cost_limit_usd": "dollars a day for the whole bot, such as 5 or 2.50",
    "server_daily_cost_limit_usd": "dollars a day for each server, such as 1 or 0.50, or nothing",
    "default_quota": "limits such as requests/day=50, tokens/day=200000, cost/month=2.50",
    "context_tokens": "a whole number from 1000 to 1000000",
    "max_output_tokens": "a whole number from 256 to 40000",
    "least_output_tokens": "a whole number from 1 to 40000",
    "titles": "on or off",
    "operator_id": "your own Discord id, a number (Developer Mode, Copy User ID), or nothing",
    "shard_count": "a whole number from 1, or nothing",
    "shard_ids": "shard numbers with commas between them, such as 0,1, together with SHARD_COUNT",
    "log_format": "console or json",
}


def explain(error: ValidationError) -> SettingError:
    """Turn the first complaint into one line that never repeats the value, which may be secret."""
    first = error.errors(include_input=False, include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    problem = "is missing" if first["type"] == "missing" else "is malformed"
    advice = ADVICE.get(name, "a valid value")
    return SettingError(f"{name.upper()} {problem}: in the environment or .env, put {advice}.")


def unusable(error: Exception) -> SettingError:
    """Return what to tell where the database can't be used: the reason, never its password."""
    reason = getattr(error, "detail", "") or "it is no address of a database"
    return SettingError(
        f"DATABASE_URL can't be used ({reason}): put the address of a database that this program "
        "may write to."
    )


Kind = TypeVar("Kind", bound=StorageSettings)


def load(kind: type[Kind]) -> Kind:
    """Read settings of this kind from the environment and `.env`; raise `SettingError`."""
    try:
        return kind()
    except ValidationError as error:
        raise explain(error) from None
