"""What one person may ask for in a while. Owns the costs and their quotas.

Here: what is counted, how much of it is for everybody, and what is said when that is used up.
Not here: counting (store/quotas), whose count it is (handlers/entrance).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.news.said import Said, said

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Cost(StrEnum):
    """What costs us something: any answer, a search through the days, an article that may have to be fetched."""

    ANSWER = "answer"
    SEARCH = "search"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Quota:
    """So many in such a span of time; `enough` is said once when they are used up."""

    most: int
    span: timedelta
    enough: Said


def quotas(answers_per_minute: int, articles_per_hour: int) -> Mapping[Cost, Quota]:
    """Every quota, as the operator wishes; a search is a third of an answer, as it costs so much more."""
    return MappingProxyType(
        {
            Cost.ANSWER: Quota(
                answers_per_minute,
                MINUTE,
                said("That was a lot at once. Give me a minute to catch my breath; news comes to you all the same."),
            ),
            Cost.SEARCH: Quota(
                max(answers_per_minute // 3, 1),
                MINUTE,
                said("So many searches within a minute make me slow for everybody. Please try again in a minute."),
            ),
            Cost.ARTICLE: Quota(
                articles_per_hour,
                HOUR,
                said(
                    "You have read {n} articles within this hour, and I fetch no more for now. Next hour I read on; "
                    "the links under the headlines work all the time.",
                    n=articles_per_hour,
                ),
            ),
        }
    )
