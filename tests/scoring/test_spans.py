"""Membership in a span, against dense linear algebra."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.spans import Rows

WIDTH = 12
sets = st.sets(st.integers(0, WIDTH - 1), min_size=1)


def dense(rows):
    matrix = np.zeros((len(rows), WIDTH))
    for number, row in enumerate(rows):
        matrix[number, list(row)] = 1
    return matrix


@settings(max_examples=50, deadline=None)
@given(st.lists(sets, min_size=1, max_size=14), st.lists(sets, min_size=1, max_size=6))
def test_a_row_is_in_the_span_exactly_when_the_rank_does_not_grow(rows, secrets):
    known = dense(rows)
    rank = np.linalg.matrix_rank(known)
    expected = [
        place
        for place, secret in enumerate(secrets)
        if np.linalg.matrix_rank(np.vstack([known, dense([secret])])) == rank
    ]
    assert Rows.of(rows, WIDTH).spanned([list(secret) for secret in secrets]) == expected


def test_the_rows_that_give_a_secret_are_named():
    rows = Rows.of([{0, 1, 2}, {0, 1}, {3, 4}], WIDTH)
    assert rows.spanned([[2], [0], [3]]) == [0]
    assert list(rows.used([[2]])) == [0, 1]
