"""The log: one line a fact, and never a secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot.ops import log

SECRETS = ("123:s3cret-token", "p4ssword")


def loggers() -> list[logging.Logger]:
    """Every logger that somebody asked for, and the root."""
    root = logging.getLogger()
    return [root, *map(logging.getLogger, list(root.manager.loggerDict))]


@pytest.fixture
def written() -> Iterator[Callable[..., io.StringIO]]:
    """Configure the log; gives the stream it writes to. The libraries' state is put back afterwards."""
    root = logging.getLogger()
    handlers, levels = list(root.handlers), {logger: logger.level for logger in loggers()}

    def configure(style: str = "json", level: str = "info") -> io.StringIO:
        stream = io.StringIO()
        log.configure(stream, style=style, level=level, secrets=SECRETS)
        return stream

    yield configure
    root.handlers[:] = handlers
    for logger in loggers():
        logger.setLevel(levels.get(logger, logging.NOTSET))
    structlog.reset_defaults()


def test_a_fact_is_one_line_of_json(written):
    stream = written()
    structlog.get_logger().info("polled", source="bbc", rows=30)
    told = json.loads(stream.getvalue())
    assert (told["event"], told["level"], told["source"], told["rows"]) == ("polled", "info", "bbc", 30)
    assert told["timestamp"].endswith("Z")


def test_people_get_words(written):
    stream = written("console")
    structlog.get_logger().info("polled", source="bbc")
    assert "polled" in stream.getvalue()
    assert "source=bbc" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_a_pipe_gets_json_by_itself(written):
    stream = written("auto")
    structlog.get_logger().info("polled")
    assert json.loads(stream.getvalue())["event"] == "polled"


@pytest.mark.parametrize("style", ["json", "console"])
def test_nothing_that_is_told_can_begin_a_line_of_its_own(written, style):
    stream = written(style)
    structlog.get_logger().info("polled", reason="gone\n12:00:00 [info] all is well")
    logging.getLogger("lib").warning("gone\n12:00:00 [info] %s", "all is\r\nwell")
    assert len(stream.getvalue().splitlines()) == 2


def test_what_is_below_the_level_is_not_written(written):
    stream = written(level="warning")
    structlog.get_logger().info("polled")
    logging.getLogger("some.library").info("chatter")
    assert stream.getvalue() == ""


def test_a_librarys_line_looks_like_ours(written):
    stream = written()
    logging.getLogger("some.library").warning("slow: %s", "a.example")
    told = json.loads(stream.getvalue())
    assert (told["event"], told["level"]) == ("slow: a.example", "warning")


def test_libraries_that_log_every_request_are_quiet(written):
    stream = written(level="debug")
    logging.getLogger("aiohttp.access").info("GET /bot123:s3cret-token/getMe")
    logging.getLogger("telegram.Bot").debug("calling")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("library", ["telegram.ext", "aiohttp.server", "some.library"])
def test_a_librarys_warnings_are_not_written_where_only_errors_are(written, library):
    stream = written(level="error")
    logging.getLogger(library).warning("slow")
    logging.getLogger(library).error("gone")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["gone"]


def raised() -> None:
    try:
        try:
            raise ValueError("GET /bot123:s3cret-token/getMe")
        except ValueError as error:
            raise RuntimeError("redis://:p4ssword@host") from error
    except RuntimeError:
        structlog.get_logger().exception("failed with p4ssword")


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize(
    "say",
    [
        lambda: structlog.get_logger().info("token 123:s3cret-token"),
        lambda: structlog.get_logger().info("asked", url="https://h/bot123:s3cret-token/getMe"),
        lambda: structlog.get_logger().info("asked", urls=["redis://:p4ssword@h", ("p4ssword",)]),
        lambda: structlog.get_logger().info("failed", error=ValueError("p4ssword")),
        lambda: structlog.get_logger().info("nested", told={"url": "p4ssword", "deep": [{"p4ssword": "x"}]}),
        lambda: structlog.get_logger().error("failed", exc_info=ValueError("123:s3cret-token")),
        lambda: logging.getLogger("lib").warning("url %s", "redis://:p4ssword@h"),
        lambda: logging.getLogger("lib").error("failed", exc_info=ValueError("123:s3cret-token")),
        raised,
    ],
)
def test_no_secret_is_ever_written(written, style, say):
    stream = written(style)
    say()
    assert stream.getvalue()
    for secret in SECRETS:
        assert secret not in stream.getvalue()
    assert log.MASK in stream.getvalue() or "\\u2022" in stream.getvalue()


def test_a_traceback_is_still_told(written):
    stream = written()
    raised()
    told = stream.getvalue()
    assert "RuntimeError" in told
    assert "ValueError" in told
    assert len(told.splitlines()) == 1
