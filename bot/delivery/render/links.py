"""What is said of a deep link that leads nowhere.

Here: that sentence, and the next step.
Not here: the links themselves (news/sharing).
"""

from __future__ import annotations

from bot.news.message import Button, Message
from bot.news.said import Tongue


def unknown(say: Tongue) -> Message:
    """A link that we did not make, or that is too old."""
    text = say("I no longer know what that link was for. Send me a topic or a link to an article instead.")
    return Message(text, ((Button(say("Latest headlines"), "find:"), Button(say("My topics"), "topics")),))
