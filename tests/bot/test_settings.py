"""Settings: read from the environment and `.env`, each mistake one line that says what to do."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.operator_limits import default_rules, limits_of
from bot.settings import SettingError, Settings, StorageSettings, load

GOOD = {"DISCORD_TOKEN": "abc.def", "OPENROUTER_API_KEY": "sk-or-secret"}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)


def test_two_secrets_are_enough() -> None:
    """With a token and a key everything else has its default."""
    settings = load(Settings)
    assert settings.model == "minimax/minimax-m1"
    assert settings.daily_cost_limit_usd == Decimal(5)
    assert [rule.amount for rule in default_rules(settings)] == [50, 200_000]


def test_an_env_file_counts(tmp_path: Path) -> None:
    """What stands in `.env` is read."""
    (tmp_path / ".env").write_text("MODEL=minimax/minimax-m3\nSHARD_COUNT=\n")
    assert load(Settings).model == "minimax/minimax-m3"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", ""),
        ("DISCORD_TOKEN", "two words"),
        ("OPENROUTER_API_KEY", ""),
        ("DATABASE_URL", "mysql://x"),
        ("MODEL", "gpt"),
        ("OPENROUTER_BASE_URL", "openrouter.ai"),
        ("DISCORD_API_URL", "ftp://example.org"),
        ("DAILY_COST_LIMIT_USD", "-1"),
        ("DAILY_COST_LIMIT_USD", "five"),
        ("SERVER_DAILY_COST_LIMIT_USD", "-1"),
        ("CONTEXT_TOKENS", "1"),
        ("CONTEXT_TOKENS", "2000000"),
        ("MAX_OUTPUT_TOKENS", "many"),
        ("LEAST_OUTPUT_TOKENS", "0"),
        ("OPERATOR_ID", "cleo"),
        ("OPERATOR_ID", "-1"),
        ("SHARD_COUNT", "0"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_malformed_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Each mistake ends with one line that names the variable and what to put there."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as wrong:
        load(Settings)
    line = str(wrong.value)
    assert line.startswith(name)
    assert "put" in line
    assert "\n" not in line


def test_a_malformed_default_quota_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """DEFAULT_QUOTA is checked like the others, and told as plainly."""
    monkeypatch.setenv("DEFAULT_QUOTA", "requests/fortnight=3")
    with pytest.raises(SettingError, match=r"DEFAULT_QUOTA is malformed: .*fortnight"):
        default_rules(load(Settings))


def test_no_message_repeats_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A malformed secret is complained about without being shown."""
    monkeypatch.setenv("DISCORD_TOKEN", "very secret token")
    with pytest.raises(SettingError) as wrong:
        load(Settings)
    assert "very" not in str(wrong.value)


@pytest.mark.parametrize(("count", "ids"), [("", "0"), ("2", "2"), ("2", "x")])
def test_shards_must_fit(monkeypatch: pytest.MonkeyPatch, count: str, ids: str) -> None:
    """Shard numbers need a count and lie below it."""
    monkeypatch.setenv("SHARD_COUNT", count)
    monkeypatch.setenv("SHARD_IDS", ids)
    with pytest.raises(SettingError, match="SHARD_IDS"):
        load(Settings)


def test_migrating_needs_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """`migrate` asks for the database alone."""
    monkeypatch.delenv("DISCORD_TOKEN")
    assert load(StorageSettings).database_url.startswith("sqlite+aiosqlite:///")


def test_prompt_and_output_fit_the_model_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the largest settings the prompt leaves room for the output in the model's window."""
    monkeypatch.setenv("CONTEXT_TOKENS", "1000000")
    monkeypatch.setenv("MAX_OUTPUT_TOKENS", "40000")
    limits = limits_of(load(Settings))
    assert limits.context_tokens + limits.max_output_tokens == 1_000_000
