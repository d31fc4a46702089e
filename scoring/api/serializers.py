"""What the API says of results and of where they stand."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from scoring.models import Result


class ResultStateSerializer(serializers.ModelSerializer[Result]):
    """Enough to wait for a result: poll until ``state`` is ``done`` or ``failed``."""

    class Meta:
        model = Result
        fields = ("submission", "state", "error", "scored_at")
        read_only_fields = fields


class ResultSerializer(serializers.ModelSerializer[Result]):
    """The outcome in short; ``total`` is exact."""

    round = serializers.IntegerField(source="submission.round_id", read_only=True)
    synthetic = serializers.BooleanField(source="submission.synthetic", read_only=True)

    class Meta:
        model = Result
        fields = (
            "submission",
            "round",
            "synthetic",
            "state",
            "error",
            "scored_at",
            "total",
            "level",
            "instrument_sha256",
            "inputs_sha256",
            "engine",
        )
        read_only_fields = fields


class ResultDetailSerializer(ResultSerializer):
    """With the engine's whole output (docs/result-format.md) as ``payload``."""

    payload = serializers.JSONField(read_only=True)

    class Meta:
        model = Result
        fields = (*ResultSerializer.Meta.fields, "payload")
        read_only_fields = fields


class StatsSerializer(serializers.Serializer[Any]):
    """A distribution: quartiles by linear interpolation, ``n`` enterprises with a value."""

    n = serializers.IntegerField()
    mean = serializers.FloatField()
    q1 = serializers.FloatField()
    median = serializers.FloatField()
    q3 = serializers.FloatField()
    p90 = serializers.FloatField(allow_null=True)
    p10 = serializers.FloatField(allow_null=True)


class CohortSerializer(serializers.Serializer[Any]):
    description = serializers.DictField(child=serializers.CharField())
    n = serializers.IntegerField()
    reason = serializers.DictField(child=serializers.CharField())
    synthetic = serializers.BooleanField()
    region = serializers.CharField()
    industry = serializers.CharField()
    size = serializers.CharField()
    scope = serializers.ChoiceField(choices=["round", "year"])


class BenchmarkSerializer(serializers.Serializer[Any]):
    """Where a result stands; without a cohort, ``missing`` says why."""

    cohort = CohortSerializer(allow_null=True)
    missing = serializers.DictField(child=serializers.CharField())
    percentile = serializers.FloatField(allow_null=True)
    total = StatsSerializer(allow_null=True)
    nodes = serializers.DictField(child=StatsSerializer())
    indicators = serializers.DictField(child=StatsSerializer())
    percentiles = serializers.DictField(child=serializers.FloatField())
    indicator_percentiles = serializers.DictField(child=serializers.FloatField())


class NextStepSerializer(serializers.Serializer[Any]):
    """``gain`` is in points of the total."""

    question = serializers.CharField()
    title = serializers.DictField(child=serializers.CharField())
    text = serializers.DictField(child=serializers.CharField())
    change = serializers.DictField(child=serializers.CharField())
    gain = serializers.FloatField(allow_null=True)
    toward_level = serializers.BooleanField()
