"""What an index is made of: data, scale, weights, means, and how sure it must be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment.forms.base import SiteForm
from assessment.forms.rounds import indented
from assessment.jurisdiction import regions_of
from assessment.models import User
from questionnaires.models import InstrumentVersion, Region
from questionnaires.texts import localized
from scoring.models import RegionalIndex
from scoring.regional.choices import OWN, REFERENCE, Choices
from scoring.regional.composition import Composition
from scoring.regional.making import Wanted, region_codes
from scoring.regional.table import read
from scoring.regional.words import MEANS, SCALES, WEIGHTS
from scoring.uploads import Fault, decode

LARGEST = 2 * 1024 * 1024  # bytes of an uploaded table
MOST_SHOWN = 20  # faults listed at once
REPLICATIONS = [(0, _("None")), (200, "200"), (1000, "1,000"), (2000, "2,000")]
WEIGHT = "weight:"


class IndexForm(SiteForm):
    """Values as ``scoring.regional.making.make`` takes them.

    ``before`` is an index whose data are taken again when no file is given.
    """

    title = forms.CharField(label=_("Title"), max_length=160)
    region = forms.ChoiceField(
        label=_("Region"), help_text=_("The table may name it and every region below it.")
    )
    file = forms.FileField(
        label=_("Table of values (CSV)"),
        required=False,
        help_text=_("One row for each region and year. A value nobody knows stays empty."),
    )
    source = forms.CharField(
        label=_("Source of the values"),
        max_length=300,
        help_text=_("Statistical yearbook, communiqué, survey: with its year and table."),
    )
    synthetic = forms.BooleanField(
        label=_("These values are made up (shown on every page)"), required=False
    )
    scale = forms.ChoiceField(label=_("Scale"), choices=list(SCALES.items()))
    weights = forms.ChoiceField(label=_("Weights"), choices=list(WEIGHTS.items()))
    reason = forms.CharField(
        label=_("Why these weights"), max_length=500, required=False,
        help_text=_("Needed for your own weights: the method page shows it."),
    )  # fmt: skip
    mean = forms.ChoiceField(label=_("Mean"), choices=list(MEANS.items()))
    available = forms.IntegerField(
        label=_("Least share of known values in a group"), min_value=0, max_value=100, initial=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("A group of which a region knows less has no score; it is never counted as 0."),
    )  # fmt: skip
    outliers = forms.BooleanField(
        label=_("Treat outliers: draw in up to five extreme values, else take logarithms"),
        required=False,
    )
    breaks = forms.CharField(
        label=_("Years from which an indicator no longer compares with earlier ones"),
        required=False, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("One to a line: indicator code, colon, year."),
    )  # fmt: skip
    replications = forms.TypedChoiceField(
        label=_("Replications for ranges of ranks"), coerce=int, choices=REPLICATIONS, initial=1000
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("The same seed gives the same ranges."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        officer: User,
        version: InstrumentVersion,
        composition: Composition,
        before: RegionalIndex | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version, self.composition, self.before = version, composition, before
        self.regions = {region.code: region for region in regions_of(officer)}
        chosen: Any = self.fields["region"]
        chosen.choices = indented(list(self.regions.values()))
        self.faults: list[Fault] = []
        self.csv = before.data if before else ""
        self.fields["file"].required = before is None
        self.fields["file"].error_messages["required"] = _("Choose the table to upload.")
        if not composition.has_reference:
            scale: Any = self.fields["scale"]
            scale.choices = [pair for pair in SCALES.items() if pair[0] != REFERENCE]
        for part in composition.parts:
            if getattr(part, "parent", ""):
                self.fields[WEIGHT + part.code] = self._weight(part.title)

    @staticmethod
    def _weight(title: dict[str, str]) -> forms.FloatField:
        return forms.FloatField(
            label=localized(title), min_value=0, max_value=1e6, initial=1, required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip

    def weight_fields(self) -> list[tuple[int, Any]]:
        """Every weight's field with its depth below the root, in the order of the tree."""
        parents = {part.code: part.parent for part in self.composition.parts}
        children: dict[str, list[str]] = {}
        for part in self.composition.parts:
            children.setdefault(part.parent, []).append(part.code)

        def below(code: str, depth: int) -> list[tuple[int, Any]]:
            own = [(depth, self[WEIGHT + code])] if parents[code] else []
            return own + [
                row for child in children.get(code, []) for row in below(child, depth + 1)
            ]

        return below(children[""][0], -1)

    def clean_region(self) -> Region:
        return self.regions[self.cleaned_data["region"]]

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 2 MB: leave out years or regions.")
            )
        return file

    def clean_breaks(self) -> dict[str, tuple[int, ...]]:
        known = {measure.code for measure in self.composition.measures}
        found: dict[str, tuple[int, ...]] = {}
        for number, line in enumerate(self.cleaned_data["breaks"].splitlines(), start=1):
            code, _colon, year = line.replace("：", ":").partition(":")
            if not line.strip():
                continue
            if code.strip() not in known or not (year.strip().isascii() and year.strip().isdigit()):
                said = _now("Line %(line)d: expected an indicator code of the template and a year.")
                raise forms.ValidationError(said % {"line": number})
            found[code.strip()] = tuple(sorted({*found.get(code.strip(), ()), int(year)}))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("weights") == OWN:
            self._check_weights(data)
        if data.get("region") is not None and "file" not in self.errors:
            self._check_table(data)
        return data

    def _check_weights(self, data: dict[str, Any]) -> None:
        if not data.get("reason"):
            self.add_error(
                "reason", _("Say why: weights are a judgement others must be able to read.")
            )
        for branch in self.composition.branches:
            below = [part for part in self.composition.parts if part.parent == branch.code]
            given = [data.get(WEIGHT + part.code) for part in below]
            if all(value == 0 for value in given):
                self.add_error(
                    WEIGHT + below[0].code,
                    _("One of a group must weigh more than 0."),
                )

    def _check_table(self, data: dict[str, Any]) -> None:
        file = data.get("file")
        if file is not None:
            text = decode(file.read())
            if text is None or "\x00" in text:
                self.add_error("file", _("The file is not text: save it as CSV (UTF-8)."))
                return
            self.csv = text
        name = file.name if file is not None else _now("data")
        self.faults = read(self.csv, name, self.composition, region_codes(data["region"])).faults
        if self.faults:
            self.add_error("file", _("The table cannot be used yet; what to mend is listed below."))

    @property
    def faults_shown(self) -> list[Fault]:
        return self.faults[:MOST_SHOWN]

    @property
    def faults_more(self) -> int:
        return len(self.faults) - len(self.faults_shown)

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        own = {
            part.code: float(data[WEIGHT + part.code])
            for part in self.composition.parts
            if data.get(WEIGHT + part.code) is not None
        }
        choices = Choices(
            scale=data["scale"], weights=data["weights"],
            own=own if data["weights"] == OWN else {}, mean=data["mean"],
            available=data["available"] / 100, outliers=data["outliers"], breaks=data["breaks"],
            replications=data["replications"], seed=data["seed"],
        )  # fmt: skip
        return Wanted(
            data["title"], self.version, data["region"], data["source"], self.csv, choices,
            data["reason"], data["synthetic"],
        )  # fmt: skip

    @staticmethod
    def initial_of(index: RegionalIndex) -> dict[str, Any]:
        """The choices of an earlier index, to change one and make another."""
        choices = Choices.from_data(index.choices)
        breaks = [f"{code}: {year}" for code, years in choices.breaks.items() for year in years]
        weights = {WEIGHT + code: value for code, value in choices.own.items()}
        return weights | {
            "title": index.title, "region": index.region.code, "source": index.source,
            "synthetic": index.synthetic, "scale": choices.scale, "weights": choices.weights,
            "reason": index.reason, "mean": choices.mean,
            "available": round(choices.available * 100),
            "outliers": choices.outliers, "breaks": "\n".join(breaks),
            "replications": choices.replications, "seed": choices.seed,
        }  # fmt: skip
