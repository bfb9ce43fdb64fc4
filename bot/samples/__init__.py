"""A small newsroom that publishes on a clock, for the first minute without a network."""

from bot.samples.newsroom import Newsroom, Place

__all__ = ["Newsroom", "Place"]
