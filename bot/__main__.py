"""`python -m bot` is `headline-bot`."""

import sys

from bot.cli import main

sys.exit(main())
