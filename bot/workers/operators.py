"""A word to those who run the bot. Owns telling the admins of HEADLINE_BOT_ADMINS what they should know.

Here: one message to each, in their own language; a word is owed in the step that has something to say, and told apart
from it: a Telegram that is slow holds up no poll.
Not here: the admins of a chat (admins), what is worth telling (its caller).
"""

from __future__ import annotations

from collections.abc import Collection

from bot.delivery.render.house import plainly
from bot.news.said import Said, Tongues
from bot.news.verdicts import TryLater
from bot.ports import Clock, Messenger
from bot.store.choices import Choices
from bot.store.words import Words


class Operators:
    """The people who run the bot, as chats."""

    def __init__(
        self,
        admins: Collection[int],
        words: Words,
        choices: Choices,
        tongues: Tongues,
        messenger: Messenger,
        clock: Clock,
    ) -> None:
        self._admins = tuple(admins)
        self._words = words
        self._choices = choices
        self._tongues = tongues
        self._messenger = messenger
        self._clock = clock

    async def owe(self, sentence: Said) -> None:
        """Each admin is to hear this."""
        await self._words.owe(self._admins, sentence, self._clock.now())

    async def step(self) -> bool:
        """Tell one word; true if there may be more. One who never started the bot cannot be told."""
        word = await self._words.take(self._clock.now())
        if word is None:
            return False
        say = self._tongues.of((await self._choices.of(word.admin)).reads)
        verdict = await self._messenger.tell(word.admin, plainly(say(word.sentence)))
        if not isinstance(verdict, TryLater):  # else it comes again when the lease has run out
            await self._words.done(word)
        return True
