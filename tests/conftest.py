"""What holds for all tests, and a SQLite file with the newest schema for those that want one."""

import gc
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # machines are noisy: no example is timed
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Run two processes more than there are cores: two thirds of a journey's time are waiting."""
    return (yield) + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what may take long, so that at the end no process works while others have done."""
    items.sort(key=_patience, reverse=True)


def _patience(item: pytest.Item) -> float:
    """Return the seconds that a test asks for beyond those that all have."""
    own = item.get_closest_marker("timeout")
    return float(own.args[0]) if own else 0.0


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over all that was imported, and look seldom, as in the bot.

    As it is by itself, it takes an eighth of the tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new database, made once: only tests of migrating need to see one made."""
    from bot.storage.migrating import migrate  # most tests need no database, nor what it imports

    file = tmp_path_factory.mktemp("migrated") / "threadlight.db"
    with ThreadPoolExecutor(1) as thread:  # without an event loop, as migrating wants it
        thread.submit(migrate, f"sqlite+aiosqlite:///{file}").result()
    return file


@pytest.fixture
def sqlite_file(migrated: Path, tmp_path: Path) -> Path:
    """Return a database of the test's own, with the newest schema and nothing in it."""
    return copyfile(migrated, tmp_path / "threadlight.db")
