"""What words without a command may ask for. Owns Want.

Here: each kind by its name; where a command does it, that is the command's name.
Not here: how people say it (wanted_verbs, wanted_sayings), finding out which it is (wanted).
"""

from __future__ import annotations

from enum import StrEnum


class Want(StrEnum):
    """What is asked for. The last ones are what no saying asks for."""

    UNFOLLOW = "unsubscribe"
    FOLLOW = "subscribe"
    LATEST = "latest"
    SEARCH = "search"
    READ = "read"
    PAUSE = "pause"
    QUIET = "quiet"
    DIGEST = "digest"
    SETTINGS = "settings"
    LANGUAGE = "language"
    TOPICS = "topics"
    SOURCES = "sources"
    PRIVACY = "privacy"
    ABOUT = "about"
    HELP = "help"
    START = "start"
    STOP = "stop"
    HELLO = "hello"
    THANKS = "thanks"
    UNDO = "undo"

    EMOJI = "emoji"
    NOTHING = "nothing"
    MUCH = "much"
    TOPIC = "topic"
