"""What a chat was asked and may answer in its own words.

Here: the question as a value.
Not here: keeping it while the chat thinks (store/asked), what an answer means (handlers/zone, handlers/settings).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.news.setting import Wish


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the setting that was asked for: zone, quiet or digest.

    `then` is what the chat wanted to choose when it turned out that its zone has to be known. `has_key`: the person was
    given a key that sends where they are, in the place of their keyboard.
    """

    about: str
    then: Wish | None = None
    has_key: bool = False
