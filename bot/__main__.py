"""The command line: `threadlight run | demo | migrate`."""

import asyncio
import sys
from importlib.metadata import entry_points

import typer

from bot import log
from bot.app import serve
from bot.errors import ThreadlightError
from bot.settings import SettingError, Settings, StorageSettings, load
from bot.storage.migrating import migrate as migrate_database

app = typer.Typer(
    help="A Discord bot that talks with MiniMax-M1, within quotas that hold.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run() -> None:
    """Serve Discord until told to stop."""
    settings = load(Settings)
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    asyncio.run(serve(settings))


@app.command()
def migrate() -> None:
    """Bring the database to the present schema; `run` does so by itself."""
    settings = load(StorageSettings)
    migrate_database(settings.database_url)
    typer.echo("The database has the present schema.")


# Commands of packages above the bot, such as the demo, are found by their entry points, so that
# nothing in here knows the sandbox.
for entry in entry_points(group="threadlight.commands"):
    app.command(entry.name)(entry.load())


def main() -> None:
    """Run the command line; a setting that is missing or malformed ends it with exit code 2."""
    try:
        app()
    except SettingError as error:
        typer.echo(f"threadlight: {error}", err=True)
        sys.exit(2)
    except ThreadlightError as error:
        typer.echo(f"threadlight: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
