"""The operator's words, and what they are told when one is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.news.errors import ConfigError
from bot.news.topics import parse
from bot.options import Options
from bot.settings import Address, Settings, load

CONFIG = Path(__file__).parent.parent / "config"


def problems(environ: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as raised:
        load(environ)
    return raised.value.problems


def configured(folder: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return {"HEADLINE_BOT_CONFIG": str(folder)}


def test_an_empty_environment_means_the_local_chat_page_and_the_embedded_server(tmp_path: Path) -> None:
    settings = load(configured(tmp_path))
    assert (settings.token, settings.redis_url, settings.api_url) == ("", "", "https://api.telegram.org")
    assert (settings.http.host, settings.http.port, settings.devchat.port) == ("127.0.0.1", 8080, 8081)


def test_the_shipped_configuration_is_right_and_at_its_defaults() -> None:
    settings = load({"HEADLINE_BOT_CONFIG": str(CONFIG)})
    assert settings.options == Options()
    assert len(settings.sources) >= 5
    assert len(settings.ready) >= 30


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    environ = configured(
        tmp_path,
        bot="[polling]\nevery = 'soon'\nfaster = true\n",
        sources="[[source]]\nname = 'BBC News'\nurl = 'ftp://bbc'\nzone = 'Mars/Base'\n",
        topics="[x.names]\nfr = 'X'\n[x.words]\nfr = '\"open'\nde = 7\n[y]\nnames = {en = 'Y'}\nwords = {}\n",
    )
    told = "\n".join(
        problems({**environ, "REDIS_URL": "http://x", "HEADLINE_BOT_HTTP": "8080", "HEADLINE_BOT_ADMINS": "me"})
    )
    for word in ("polling.every", "polling.faster", "source.1.name", "source.1.url", "Mars/Base"):
        assert word in told
    for word in (
        "x.names: an English name",
        "x.words.fr: This quotation mark",
        "x.words.de: this is a text",
        "y.words",
    ):
        assert word in told
    for word in ("REDIS_URL", "HEADLINE_BOT_HTTP", "HEADLINE_BOT_ADMINS"):
        assert word in told


def test_broken_toml_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    (problem,) = problems(configured(tmp_path, bot="[stream]\ndays = = 3\n"))
    assert problem == f"{tmp_path}/bot.toml:2: this is not TOML: invalid value (column 8)."


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("9" * 5000, "a number here has too many digits."),
        ("[" * 3000 + "]" * 3000, "too many brackets stand within one another here."),
        ("0x" + "f" * 5000, "stream.days: Input should be less than or equal to 365."),
    ],
)
def test_what_python_has_no_room_for_is_a_mistake_like_another(tmp_path: Path, value: str, told: str) -> None:
    (problem,) = problems(configured(tmp_path, bot=f"[stream]\ndays = {value}\n"))
    assert problem == f"{tmp_path}/bot.toml:2: {told}"


def test_every_mistake_in_the_files_is_told_with_its_line(tmp_path: Path) -> None:
    entry = "[[source]]\nname = 'a'\nurl = 'https://a.example/'\n"
    words = 'en = "rain"\nde = """\nregen OR\n(schnee"""\n'
    environ = configured(
        tmp_path,
        bot="[log]\nlevel = 'loud'\n\n[polling]\nevrey = 5\n",
        sources=f"# ours\n{entry}{entry}selectors = {{ row = 'li', tiem = 'b' }}\n",
        topics=f"[x]\nnames = {{en = 'X'}}\n[x.words]\n{words}[y.names]\nen = 'Y'\n",
    )
    told = [problem.removeprefix(f"{tmp_path}/").split(": ")[:2] for problem in problems(environ)]
    assert sorted(told) == [
        ["bot.toml:2", "log.level"],
        ["bot.toml:5", "polling.evrey"],
        ["sources.toml:8", "source.2.selectors.tiem"],
        ["topics.toml:5", "x.words.de"],
        ["topics.toml:8", "y.words"],
    ]


def test_two_sources_cannot_have_one_name(tmp_path: Path) -> None:
    entry = "[[source]]\nname = 'a'\nurl = 'https://a.example/'\n"
    (problem,) = problems(configured(tmp_path, sources=entry + entry))
    assert problem == f"{tmp_path}/sources.toml:4: two sources are called 'a'; names are unique."


def test_two_ready_topics_cannot_have_one_name_in_whatever_language(tmp_path: Path) -> None:
    topics = "".join(
        f"[{key}]\nnames = {{en = '{key}', {lang} = 'Spor'}}\nwords = {{en = '{key}'}}\n"
        for key, lang in (("sport", "tr"), ("tracks", "no"))
    )
    (problem,) = problems(configured(tmp_path, topics=topics))
    assert problem.endswith("topics.toml:5: two topics are called 'spor'; names are unique.")


def test_nothing_that_a_ready_topic_is_called_besides_may_mean_another(tmp_path: Path) -> None:
    topics = "".join(
        f"[{key}]\nnames = {{en = '{key}'}}\nalso = {{en = ['Footy', '{key}']}}\nwords = {{en = '{key}'}}\n"
        for key in ("football", "rugby")
    )
    (problem,) = problems(configured(tmp_path, topics=topics))
    assert "topics.toml:7: two topics are called 'footy'" in problem


def test_the_words_of_a_ready_topic_are_looked_for_in_any_of_its_languages(tmp_path: Path) -> None:
    topics = "[rain]\nnames = {en = 'Rain'}\nwords = {en = 'rain -cats OR drizzle', fr = 'pluie'}\n"
    (rain,) = load(configured(tmp_path, topics=topics)).ready
    assert rain.topic == parse("(rain -cats) OR drizzle OR pluie")


@pytest.mark.parametrize(
    ("bot", "told"),
    [
        ("[stream]\nlength = 300\n", "bot.toml: http: most_unread (10000) is more than 4 times stream.length (300)"),
        ("[stream]\nlength = 300\n[http]\nmost_unread = 1201\n", "bot.toml:3: http: most_unread (1201) is more than"),
    ],
)
def test_publishers_may_not_bring_more_unread_headlines_than_the_stream_keeps(
    tmp_path: Path, bot: str, told: str
) -> None:
    (problem,) = problems(configured(tmp_path, bot=bot))
    assert problem.startswith(f"{tmp_path}/{told}")
    options = load(configured(tmp_path, bot="[stream]\nlength = 300\n[http]\nmost_unread = 1200\n")).options
    assert (options.stream.length, options.http.most_unread) == (300, 1200)
    (problem,) = problems(configured(tmp_path, bot="[stream]\nlength = 3\n"))
    assert "stream.length" in problem, "what is wrong itself is told alone"


def test_spans_of_time_are_written_as_people_write_them(tmp_path: Path) -> None:
    options = load(configured(tmp_path, bot="[polling]\nevery = '90s'\nbox_every = 60\n")).options
    assert (options.polling.every, options.polling.box_every) == (timedelta(seconds=90), timedelta(minutes=1))


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc\n")
    assert load({**configured(tmp_path), "TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}).token == "123:abc"


@pytest.mark.parametrize("token", ["abc", "123:", "123:a/b", ":x", "123:ab c"])
def test_what_is_no_token_is_told_without_repeating_it(tmp_path: Path, token: str) -> None:
    (problem,) = problems({**configured(tmp_path), "TELEGRAM_BOT_TOKEN": token})
    assert "TELEGRAM_BOT_TOKEN" in problem
    assert token not in problem or token == "abc"


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings: Settings = load(
        {
            **configured(tmp_path),
            "TELEGRAM_BOT_TOKEN": "123:s3cret",
            "HEADLINE_BOT_PUBLISH_TOKEN": "s3cret",
            "REDIS_URL": "redis://:s3cret%2F1@localhost?password=s3cret+2",
        }
    )
    assert "s3cret" not in repr(settings)
    assert set(settings.secrets) == {"123:s3cret", "s3cret", "s3cret%2F1", "s3cret/1", "s3cret 2"}


def test_a_source_with_a_password_in_its_address_is_refused_without_repeating_it(tmp_path: Path) -> None:
    environ = configured(tmp_path)
    (tmp_path / "sources.toml").write_text('[[source]]\nname = "one"\nurl = "https://me:s3cret@one.example/feed"\n')
    (problem,) = problems(environ)
    assert "name and password" in problem
    assert "s3cret" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "redis://me:s3cret@h:99999/0",
        "redis://me:s3cret@h:0",
        "redis://me:s3cret/x@h:6379/0",
        "redis://:12/s3cret@h:6379",
        "redis+cluster://me:s3cret@h1:abc,h2",
        "redis+cluster://me:s3cret@h1,h2:99999",
        "redis+cluster://me:s3cret@h1/3",
        "redis+cluster://me:s3cret@",
        "rediss://me:s3cret@h/notadb",
        "redis://h/\u0663?password=s3cret",
        "redis://me:s3cret@h?db=x",
        "unix:///run/redis?db=x&password=s3cret",
        "https://me:s3cret@h",
        "redis://me:s3cret@[h",
    ],
)
def test_an_address_that_no_redis_can_have_is_told_without_its_password(tmp_path: Path, url: str) -> None:
    (problem,) = problems({**configured(tmp_path), "REDIS_URL": url})
    assert problem.startswith("REDIS_URL ")
    assert "s3cret" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "redis://h",
        "redis://h/",
        "redis://me:p@h:6379/12",
        "redis://:p@/0",
        "redis://[::1]:6379/0",
        "rediss://h:6380/2?password=p&ssl_ca_certs=/ca.pem",
        "unix:///run/redis.sock?db=3",
        "unix://me:p@/run/redis.sock",
        "redis+cluster://me:p@h1:7000,[::1]:7001,h3",
        "rediss+cluster://h1,h2/0?ssl_ca_certs=/ca.pem",
    ],
)
def test_an_address_that_a_redis_may_have_is_taken_as_it_is(tmp_path: Path, url: str) -> None:
    assert load({**configured(tmp_path), "REDIS_URL": url}).redis_url == url


@pytest.mark.parametrize("secret", ["s3cret!", "s3cret s3cret", "s3créts3cret", "s3cret" * 43])
def test_a_webhook_secret_that_telegram_would_refuse_is_told_and_not_shown(tmp_path: Path, secret: str) -> None:
    hook = {"TELEGRAM_WEBHOOK_URL": "https://bot.example/telegram"}
    (problem,) = problems({**configured(tmp_path), **hook, "TELEGRAM_WEBHOOK_SECRET": secret})
    assert problem == "TELEGRAM_WEBHOOK_SECRET must be 1 to 256 of A-Z, a-z, 0-9, _ and -."
    good = {**configured(tmp_path), **hook, "TELEGRAM_WEBHOOK_SECRET": "aZ0_-" + "x" * 251}
    assert load(good).webhook_secret.endswith("x")


def test_a_webhook_in_the_clear_is_for_a_bot_api_server_of_ones_own(tmp_path: Path) -> None:
    environ = {**configured(tmp_path), "TELEGRAM_WEBHOOK_SECRET": "shown-secret"}
    clear = {**environ, "TELEGRAM_WEBHOOK_URL": "http://me:s3cret@bot.example/telegram"}
    (problem,) = problems(clear)
    assert problem == "TELEGRAM_WEBHOOK_URL must begin with https://, or Telegram does not take it."
    assert load({**clear, "TELEGRAM_API_URL": "http://botapi:8081"}).webhook_url == clear["TELEGRAM_WEBHOOK_URL"]
    for host in ("localhost", "127.0.0.1:8080", "[::1]:8080"):
        assert load({**environ, "TELEGRAM_WEBHOOK_URL": f"http://{host}/telegram"}).webhook_url


@pytest.mark.parametrize("name", ["TELEGRAM_API_URL", "TELEGRAM_WEBHOOK_URL"])
@pytest.mark.parametrize("url", ["https://me:s3cret@h:99999", "https://:8443/telegram", "https://[h", "ftp://h"])
def test_an_address_of_the_web_that_cannot_be_is_told(tmp_path: Path, name: str, url: str) -> None:
    (problem,) = problems({**configured(tmp_path), "TELEGRAM_WEBHOOK_SECRET": "shown-secret", name: url})
    assert problem.startswith(f"{name} ")
    assert "s3cret" not in problem


@pytest.mark.parametrize("name", ["HEADLINE_BOT_HTTP", "HEADLINE_BOT_DEVCHAT"])
@pytest.mark.parametrize("text", ["http://x:80", "http://me:s3cret@x:80", "x:99999", f"x:{'9' * 5000}", ":80", "x"])
def test_where_to_listen_is_a_host_and_a_port_and_no_address_of_the_web(tmp_path: Path, name: str, text: str) -> None:
    (problem,) = problems({**configured(tmp_path), name: text})
    assert problem.startswith(f"{name} must be host:port, as in 127.0.0.1:")
    assert "s3cret" not in problem
    settings = load({**configured(tmp_path), name: "[::]:80"})
    assert Address("::", 80) in {settings.http, settings.devchat}


def test_all_that_is_wrong_in_the_environment_is_told_together(tmp_path: Path) -> None:
    told = problems(
        {
            **configured(tmp_path),
            "TELEGRAM_WEBHOOK_URL": "http://bot.example/telegram",
            "TELEGRAM_WEBHOOK_SECRET": "no good",
            "REDIS_URL": "redis://h/notadb",
            "HEADLINE_BOT_HTTP": "http://x:80",
            "HEADLINE_BOT_DEVCHAT": "http://x:81",
            "HEADLINE_BOT_ADMINS": "9" * 5000,
        }
    )
    assert len(told) == 6


def test_a_secret_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (problem,) = problems({**configured(tmp_path), "REDIS_URL_FILE": str(tmp_path / "none")})
    assert "REDIS_URL_FILE" in problem


def test_a_secret_file_with_nothing_in_it_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(" \n")
    named = {**configured(tmp_path), "TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}
    assert load(named).token == ""
    assert load({**named, "TELEGRAM_BOT_TOKEN": "123:abc"}).token == "123:abc"
    (tmp_path / "token").write_text("123:other")
    (problem,) = problems({**named, "TELEGRAM_BOT_TOKEN": "123:abc"})
    assert "keep one of them" in problem
