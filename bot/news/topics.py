"""The topic language: what people want to hear about, in their words. topics_table is all of it on a page.

Case, accents and word forms make no difference, unless asked for.

Here: the door to the language.
Not here: how it is read (topics_parser, topics_everyday), told (topics_told), judged (topics_sense), looked up
(matcher).
"""

from bot.news.topics_parser import parse
from bot.news.topics_sense import nearly_everything
from bot.news.topics_table import LANGUAGE, Way
from bot.news.topics_told import canonical, caret, explain
from bot.news.topics_tree import Topic

__all__ = ["LANGUAGE", "Topic", "Way", "canonical", "caret", "explain", "nearly_everything", "parse"]
