"""The command line: `threadlight run | demo | migrate`."""

import sys
from datetime import UTC, datetime
from importlib.metadata import entry_points

import typer

from bot import log
from bot.errors import ThreadlightError
from bot.settings import SettingError, Settings, StorageSettings, load, unusable

app = typer.Typer(
    help="A Discord bot that talks with MiniMax-M1, within quotas that hold.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run() -> None:
    """Serve Discord until told to stop."""
    from bot.process import run as run_to_end
    from bot.process import serve  # a malformed setting is told in no time

    settings = load(Settings)
    secrets = (settings.discord_token, settings.openrouter_api_key)
    log.configure(settings.log_format, (secret.get_secret_value() for secret in secrets))
    run_to_end(serve(settings))


@app.command()
def migrate() -> None:
    """Bring the database to the present schema; `run` does so by itself."""
    from bot.storage.migrating import migrate as migrate_database  # as above
    from bot.storage.purging import purge_left

    settings = load(StorageSettings)
    try:
        migrate_database(settings.database_url)
        purge_left(settings.database_url, datetime.now(UTC))
    except (ThreadlightError, ValueError) as error:
        raise unusable(error) from error
    typer.echo("The database has the present schema.")


def add_offered_commands(words: list[str]) -> None:
    """Add the commands that packages above the bot offer, where one is asked for or all are listed.

    So the demo is a command of this program, though nothing in here knows the sandbox.
    """
    for entry in entry_points(group="threadlight.commands"):
        if not words or words[0] in {entry.name, "--help"}:
            app.command(entry.name)(entry.load())


def main() -> None:
    """Run the command line; a setting that is missing or malformed ends it with exit code 2."""
    add_offered_commands(sys.argv[1:])
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
