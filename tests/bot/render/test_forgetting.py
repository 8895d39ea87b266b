"""What people are told when their words are forgotten."""

import pytest

from bot.records.erasures import Found, Traces
from bot.render.forgetting import done_words
from bot.words import LANGUAGES, speaking

NOW_WORDS = {
    "en": "now",
    "de": "jetzt",
    "es": "ahora",
    "fr": "maintenant",
    "ja": "今",
    "zh": "正在",
}
NEXT_START_WORDS = {
    "en": "only at my next start",
    "de": "erst bei meinem nächsten Start",
    "es": "no se sobrescriben hasta la próxima vez que me inicie",
    "fr": "à mon prochain démarrage : il est trop gros",
    "ja": "次に私が起動するとき",
    "zh": "要到我下次启动时",
}
SERVER_WORDS = {
    "en": "database server",
    "de": "Datenbankserver",
    "es": "servidor de la base de datos",
    "fr": "serveur de la base",
    "ja": "データベースサーバー",
    "zh": "数据库服务器",
}
WORDS = {
    Traces.NOW: NOW_WORDS,
    Traces.NEXT_START: NEXT_START_WORDS,
    Traces.SERVER: SERVER_WORDS,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("traces", Traces)
def test_traces_are_told_as_they_are(language: str, traces: Traces) -> None:
    """Each language says whether the last traces go now, at the next start, or by the server."""
    with speaking(language):
        told = {it: set(done_words(Found(questions=1), it).splitlines()) for it in Traces}
    others = (lines for it, lines in told.items() if it is not traces)
    [line] = told[traces].difference(*others)
    assert WORDS[traces][language] in line
