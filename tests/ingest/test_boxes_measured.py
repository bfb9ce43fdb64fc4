"""Boxes of real pages, and article pages without one: what the benchmark measures must hold."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.timeout(300)
def test_boxes_of_real_pages_are_read_and_no_box_is_found_where_there_is_none(shared_data: Path) -> None:
    from benchmarks.boxes import main

    measured = main()
    assert measured["recall"] >= 0.97
    assert measured["precision"] >= 0.97
    assert measured["date_accuracy"] == 1
    assert measured["false_boxes"] == 0
    assert measured["pages_without"] > 200
    assert measured["selectors"] > 0.9
    assert measured["confidence"]["right"] > 0.8 > 0.5 > measured["confidence"]["wrong"]
