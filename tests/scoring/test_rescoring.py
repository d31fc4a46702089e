"""A whole round again: in shards, by anybody, any number of times."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from scoring import rescoring
from scoring.models import Result
from scoring.one import score_one

pytestmark = pytest.mark.django_db

PROFILE = {"region": "330400", "industry": "C36", "size": "small", "employees": 120, "year": 2026}


@pytest.fixture
def handed_in(score):
    """Seven submissions with answers and no result yet."""
    for number in range(7):
        submission = score(0).submission
        submission.profile = PROFILE
        submission.answers_json = {"Q2": number * 12, "Q4": number % 2 == 0}
        submission.save()
    Result.unguarded.all().delete()


def payloads():
    return list(Result.unguarded.order_by("submission_id").values_list("payload", flat=True))


def test_every_submission_is_scored_like_one_alone(handed_in, round_):
    rescoring.rescore(round_, 3)
    for result in Result.unguarded.select_related("submission"):
        one = score_one(
            round_.instrument_version, PROFILE, result.submission.answers_json,
            result.submission.receipt,
        )  # fmt: skip
        assert result.payload == one
        assert result.state == "done"


def test_the_size_of_the_shards_changes_nothing(handed_in, round_):
    assert rescoring.rescore(round_, 2) == 4
    first = payloads()
    Result.unguarded.update(engine="older", total=1)
    assert rescoring.rescore(round_, 100) == 1
    assert payloads() == first


def test_a_second_run_leaves_every_row_untouched(handed_in, round_):
    rescoring.rescore(round_)
    before = list(Result.unguarded.values_list("pk", "scored_at"))
    rescoring.rescore(round_)
    assert list(Result.unguarded.values_list("pk", "scored_at")) == before


def test_a_shard_run_twice_changes_nothing_the_second_time(handed_in, round_):
    rescoring.jobs.create_missing()
    ((first, last),) = rescoring.shards(round_.pk, 100)
    assert rescoring.rescore_range(round_.pk, first, last) == 7
    assert rescoring.rescore_range(round_.pk, first, last) == 0


def test_with_celery_the_shards_go_out_as_tasks(handed_in, round_, monkeypatch, settings):
    sent = []
    settings.TASK_RUNNER = "celery"

    class Group:
        def __init__(self, parts):
            self.parts = list(parts)

        def apply_async(self, **options):
            sent.extend(part.args for part in self.parts)

    monkeypatch.setattr(rescoring, "group", Group)
    assert rescoring.rescore(round_, 4) == 2
    assert [args[2] for args in sent] == [round_.pk] * 2
    assert not Result.unguarded.filter(state="done").exists()


def test_the_command_names_the_round_and_refuses_an_unknown_one(handed_in, round_, capsys):
    call_command("rescore", round_.pk, "--shard-size", "5")
    assert "2 shard(s)" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no round 999"):
        call_command("rescore", 999)
