"""Environment and config/*.toml -> one frozen Settings, or all problems at once.

Here: what every name means, its default, and sentences for what is wrong.
Not here: what an option does (its owner's docstring), who gets it (app.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from bot import spelling
from bot.entries import SourcesFile, TopicsFile
from bot.news.addresses import is_of_this_machine
from bot.news.errors import ConfigError
from bot.news.hosts import host_of
from bot.news.model import ReadyTopic, Source
from bot.options import Options
from bot.tomlfiles import place, read, shaped, text_of
from bot.tomlplaces import line_of, lines

TELEGRAM = "https://api.telegram.org"
NAMES = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_URL",
    "TELEGRAM_WEBHOOK_URL",
    "TELEGRAM_WEBHOOK_SECRET",
    "REDIS_URL",
    "HEADLINE_BOT_CONFIG",
    "HEADLINE_BOT_DATA",
    "HEADLINE_BOT_HTTP",
    "HEADLINE_BOT_DEVCHAT",
    "HEADLINE_BOT_ADMINS",
    "HEADLINE_BOT_PUBLISH_TOKEN",
)
SECRETS = frozenset({"TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "REDIS_URL", "HEADLINE_BOT_PUBLISH_TOKEN"})
SOURCES, TOPICS = "sources.toml", "topics.toml"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the operator decided. No token: the local chat page; no redis_url: the embedded server."""

    token: str = field(repr=False)
    api_url: str
    webhook_url: str
    webhook_secret: str = field(repr=False)
    redis_url: str = field(repr=False)
    config_dir: Path
    data_dir: Path
    http: Address
    devchat: Address
    admins: frozenset[int]
    publish_token: str = field(repr=False)
    options: Options
    sources: tuple[Source, ...]
    ready: tuple[ReadyTopic, ...]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every string that must reach no log, error or metric."""
        redis = urlsplit(self.redis_url)
        written = (redis.password or "", *parse_qs(redis.query).get("password", ()))  # the one escaped, the others not
        every = (self.token, self.webhook_secret, self.publish_token, *written, *map(unquote, written))
        return tuple(dict.fromkeys(filter(None, every)))

    @property
    def wants_samples(self) -> bool:
        """Whether the sample newsroom is one of the sources."""
        samples = self.options.polling.samples
        return samples == "on" or (samples == "auto" and not self.token)


def load(environ: Mapping[str, str]) -> Settings:
    """Read everything; raises ConfigError with every problem that there is, not with the first."""
    return _Reading(environ).settings()


def reread(config_dir: Path) -> tuple[tuple[Source, ...], tuple[ReadyTopic, ...]]:
    """What sources.toml and topics.toml say now. Raises ConfigError with every problem that there is."""
    problems: list[str] = []
    sources, ready = _sources(config_dir / SOURCES, problems), _ready(config_dir / TOPICS, problems)
    if problems:
        raise ConfigError(problems)
    return sources, ready


def _sources(path: Path, problems: list[str]) -> tuple[Source, ...]:
    text = text_of(path, problems)
    sources = shaped(path, text, SourcesFile, problems).sources
    _unique(path, text, "sources", [(source.name, ("source", at)) for at, source in enumerate(sources)], problems)
    return sources


def _ready(path: Path, problems: list[str]) -> tuple[ReadyTopic, ...]:
    text = text_of(path, problems)
    ready = shaped(path, text, TopicsFile, problems).ready
    named = [(name, (topic.key, part)) for topic in ready for name, part in _called(topic).items()]
    _unique(path, text, "topics", named, problems)
    return ready


def _unique(
    path: Path, text: str, what: str, named: Sequence[tuple[str, tuple[str | int, ...]]], problems: list[str]
) -> None:
    """Tell of every name that the text gives twice, and where for the last time."""
    where = dict(named)
    for name, times in Counter(name for name, _ in named).items():
        if times > 1:
            at = place(path, line_of(lines(text), where[name]))
            problems.append(f"{at}: two {what} are called {name!r}; names are unique.")


class _Reading:
    """One reading of environment and files; collects problems as it goes."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[str] = []

    def settings(self) -> Settings:
        config = self._config_dir()
        settings = Settings(
            token=self._token(),
            api_url=self._spelt("TELEGRAM_API_URL", spelling.wrong_in_web, TELEGRAM).rstrip("/"),
            webhook_url=self._spelt("TELEGRAM_WEBHOOK_URL", spelling.wrong_in_web),
            webhook_secret=self._spelt("TELEGRAM_WEBHOOK_SECRET", spelling.wrong_in_webhook_secret),
            redis_url=self._spelt("REDIS_URL", spelling.wrong_in_redis),
            config_dir=config,
            data_dir=Path(self._value("HEADLINE_BOT_DATA", "var")),
            http=self._address("HEADLINE_BOT_HTTP", "127.0.0.1:8080"),
            devchat=self._address("HEADLINE_BOT_DEVCHAT", "127.0.0.1:8081"),
            admins=self._admins(),
            publish_token=self._value("HEADLINE_BOT_PUBLISH_TOKEN"),
            options=read(config / "bot.toml", Options, self._problems),
            sources=_sources(config / SOURCES, self._problems),
            ready=_ready(config / TOPICS, self._problems),
        )
        if settings.webhook_url and not settings.webhook_secret:
            self._problems.append("TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET beside it.")
        if settings.api_url == TELEGRAM and _is_in_the_clear(settings.webhook_url):
            self._problems.append("TELEGRAM_WEBHOOK_URL must begin with https://, or Telegram does not take it.")
        if self._problems:
            raise ConfigError(self._problems)
        return settings

    def _value(self, name: str, default: str = "") -> str:
        """The environment's value or, for a secret, what stands in the file that NAME_FILE names; nothing is none."""
        value = self._environ.get(name, "").strip()
        secret = self._content(f"{name}_FILE") if name in SECRETS else ""
        if value and secret:
            self._problems.append(f"Both {name} and {name}_FILE are set; keep one of them.")
        return secret or value or default

    def _content(self, name: str) -> str:
        """What stands in the file that a variable names."""
        file = self._environ.get(name, "").strip()
        try:
            return Path(file).read_text(encoding="utf-8").strip() if file else ""
        except OSError as error:
            self._problems.append(f"{name} names {file}, which cannot be read: {error.strerror}.")
        except UnicodeDecodeError:
            self._problems.append(f"{name} names {file}, which is not text.")
        return ""

    def _token(self) -> str:
        token = self._value("TELEGRAM_BOT_TOKEN")
        number, _, secret = token.partition(":")
        if token and not (number.isdigit() and secret and secret.isascii() and not set(secret) & set("/?#% ")):
            self._problems.append("TELEGRAM_BOT_TOKEN is not a bot's token; BotFather's look like 123456:ABC-DEF.")
        return token

    def _spelt(self, name: str, wrong: Callable[[str], str], default: str = "") -> str:
        """The value, of which `wrong` says what is wrong, if anything; nothing is always right."""
        value = self._value(name, default)
        why = wrong(value) if value else ""
        if why:
            self._problems.append(f"{name} {why}")
        return value

    def _address(self, name: str, default: str) -> Address:
        value = self._value(name, default)
        found = spelling.host_and_port(value)
        if not found:
            shown = f"; it is {value!r}" if "@" not in value else ""  # before an @ a password may stand
            self._problems.append(f"{name} must be host:port, as in {default}{shown}.")
        return Address(*found or ("", 0))

    def _admins(self) -> frozenset[int]:
        ids = [part.strip() for part in self._value("HEADLINE_BOT_ADMINS").split(",") if part.strip()]
        wrong = [text for text in ids if not (text.isascii() and text.isdigit() and len(text) < 20)]
        if wrong:
            self._problems.append(
                f"HEADLINE_BOT_ADMINS are Telegram user ids parted by commas; {wrong[0][:40]!r} is none."
            )
        return frozenset(int(text) for text in ids if text not in wrong)

    def _config_dir(self) -> Path:
        folder = Path(self._value("HEADLINE_BOT_CONFIG", "config"))
        if self._value("HEADLINE_BOT_CONFIG") and not folder.is_dir():
            self._problems.append(f"HEADLINE_BOT_CONFIG names {folder}, and there is no such folder.")
        return folder


def _is_in_the_clear(url: str) -> bool:
    """Whether what is sent there goes without TLS over a net; a Bot API server of one's own may do so."""
    return url.casefold().startswith("http:") and not is_of_this_machine(host_of(url))


def _called(topic: ReadyTopic) -> dict[str, str]:
    """Whatever means a ready topic, each once, with the part of its table that says so."""
    also = {name.casefold(): "also" for names in topic.also.values() for name in names}
    return also | {name.casefold(): "names" for name in topic.names.values()}
