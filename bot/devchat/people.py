"""What people do. Owns the levers that the page and tests pull: an act of a person -> an update that the bot gets.

Here: all that people can do, in one place.
Not here: how each is done (talking, gathering, topics, sharing, asking), what the bot does (methods).

Where an act has a `person`, it is who acts, by id; by default whose private chat it is, or the first person, "You".
"""

from __future__ import annotations

from bot.devchat.asking import Asking
from bot.devchat.gathering import Gathering
from bot.devchat.sharing import Sharing
from bot.devchat.talking import Talking
from bot.devchat.topics import Topics


class People(Talking, Gathering, Topics, Sharing, Asking):
    """Everybody but the bot."""
