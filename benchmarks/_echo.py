"""python-telegram-bot's bare echo bot, as its documentation writes it: `python -m benchmarks._echo API_URL TOKEN`.

Here: nothing else. It says "echo is ready" when it begins to poll.
Not here: what it is compared with (chat).
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def ready(application: Application) -> None:  # type: ignore[type-arg]
    """Say that polling begins."""
    print("echo is ready", flush=True)


def main() -> None:
    """Poll until killed."""
    api, token = sys.argv[1:]
    application = Application.builder().token(token).base_url(f"{api}/bot").post_init(ready).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
