"""The shape of bot.toml. Owns every option and its default.

Here: what may stand in it.
Not here: sources and topics (entries), reading files (tomlfiles), the environment (settings), what an option does (its
owner).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
)

from bot.news.cadence import Paces
from bot.news.message import Style
from bot.news.quotas import Cost, Quota, quotas
from bot.news.spans import parse_span

# Readers that are further behind are not counted more exactly (store/lua/stream_stats).
MOST_COUNTED = 100_000
# The stream keeps what nobody has finished with up to so many times its length (store/lua/trim).
KEPT_UNREAD = 4


def web_address(url: str) -> str:
    """The address, if it is one of the web. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address begins with https:// or http://")
    return url


def _address_or_none(url: str) -> str:
    return web_address(url) if url else url


def _network(text: Any) -> IPv4Network | IPv6Network:  # noqa: ANN401 - whatever stands in the file
    try:
        return ip_network(str(text))
    except ValueError:
        raise ValueError("this is a network, as in 149.154.160.0/20") from None


Span = Annotated[timedelta, BeforeValidator(parse_span), Field(gt=timedelta(0))]
SpanOrNone = Annotated[timedelta, BeforeValidator(parse_span), Field(ge=timedelta(0), le=timedelta(minutes=5))]
Network = Annotated[IPv4Network | IPv6Network, PlainValidator(_network)]


class Table(BaseModel):
    """A table of a file: nothing may stand in it that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StreamOptions(Table):
    """How long headlines are kept, in days and number, and how long they are known as told."""

    days: Annotated[int, Field(ge=1, le=365)] = 7
    length: Annotated[int, Field(ge=100)] = 100_000
    known_days: Annotated[int, Field(ge=1, le=365)] = 30


class PollingOptions(Table):
    """How often sources are asked, how many at once, where hubs reach us, and whether the sample newsroom is one."""

    every: Span = timedelta(minutes=5)
    box_every: Span = timedelta(minutes=2)
    fastest: Span = timedelta(minutes=1)
    slowest: Span = timedelta(minutes=30)
    at_once: Annotated[int, Field(ge=1, le=1000)] = 64
    callback_url: Annotated[str, AfterValidator(_address_or_none)] = ""
    samples: Literal["auto", "on", "off"] = "auto"

    @property
    def paces(self) -> Paces:
        """How often sources are asked."""
        return Paces(self.every, self.box_every, self.fastest, self.slowest)


class DeliveryOptions(Table):
    """Telegram's budget and what may be paid for more, and how many messages may be on their way at once."""

    per_second: Annotated[int, Field(ge=1, le=30_000)] = 30
    per_group_minute: Annotated[int, Field(ge=1, le=60)] = 20
    counting: Literal["window", "bucket"] = "window"
    paid_per_second: Annotated[int, Field(ge=0, le=1000)] = 0
    stars_per_day: Annotated[int, Field(ge=0)] = 0
    at_once: Annotated[int, Field(ge=1, le=1000)] = 256


class PeopleOptions(Table):
    """How much one person may ask for; those who run the bot may always."""

    answers_per_minute: Annotated[int, Field(ge=4, le=10_000)] = 40
    articles_per_hour: Annotated[int, Field(ge=4, le=10_000)] = 60

    @property
    def quotas(self) -> Mapping[Cost, Quota]:
        """What is counted, and how much of it is enough."""
        return quotas(self.answers_per_minute, self.articles_per_hour)


class ArticlesOptions(Table):
    """How articles are written into chats: as rich messages, in classic pages, or as plain text for ears."""

    style: Style = Style.RICH


class MeaningOptions(Table):
    """How sure the bot has to be that a headline is about a topic like ~climate policy, and what else meanings do.

    `level` is in per cent; with `stories` a translation or a headline in other words tells the same story.
    """

    level: Annotated[int, Field(ge=1, le=99)] = 60
    stories: bool = True


class RedisOptions(Table):
    """How many replicas have to confirm what must not be lost, and for how many milliseconds they are waited for."""

    wait_replicas: Annotated[int, Field(ge=0, le=5)] = 0
    wait_ms: Annotated[int, Field(ge=1, le=4000)] = 1000  # less than an exchange may take


class TracingOptions(Table):
    """Where traces go (an OTLP collector by HTTP; empty: nowhere), and how many per cent of the headlines have one."""

    collector: Annotated[str, AfterValidator(_address_or_none)] = ""
    share: Annotated[int, Field(ge=1, le=100)] = 100


class HttpOptions(Table):
    """Who stands between callers and the HTTP server, who may bring updates, how much publishers may bring, and how a
    process that is told to stop takes leave.

    `proxies` are reverse proxies of the operator's own; without `webhook_from` whoever knows the secret may call.
    """

    proxies: Annotated[int, Field(ge=0, le=9)] = 0
    webhook_from: tuple[Network, ...] = ()
    most_unread: Annotated[int, Field(ge=100, le=MOST_COUNTED)] = 10_000
    drain: SpanOrNone = timedelta(0)


def _within_the_stream(http: HttpOptions, others: ValidationInfo) -> HttpOptions:
    """The same, if publishers are asked to wait before the stream loses what nobody has read."""
    stream: StreamOptions | None = others.data.get("stream")  # None: it is wrong itself, and told
    if stream and http.most_unread > KEPT_UNREAD * stream.length:
        raise ValueError(
            f"most_unread ({http.most_unread}) is more than {KEPT_UNREAD} times stream.length ({stream.length}), beyond"
            " which headlines that nobody has read are trimmed away; lower the one or raise the other"
        )
    return http


class LogOptions(Table):
    """How the log looks and how much it says."""

    format: Literal["auto", "console", "json"] = "auto"
    level: Literal["debug", "info", "warning", "error"] = "info"


class Options(Table):
    """bot.toml."""

    stream: StreamOptions = StreamOptions()
    polling: PollingOptions = PollingOptions()
    delivery: DeliveryOptions = DeliveryOptions()
    people: PeopleOptions = PeopleOptions()
    articles: ArticlesOptions = ArticlesOptions()
    meaning: MeaningOptions = MeaningOptions()
    redis: RedisOptions = RedisOptions()
    tracing: TracingOptions = TracingOptions()
    http: Annotated[HttpOptions, AfterValidator(_within_the_stream)] = Field(HttpOptions(), validate_default=True)
    log: LogOptions = LogOptions()
