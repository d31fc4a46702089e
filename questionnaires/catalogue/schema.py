"""What an entry of each kind may say. A field's description is what a faulty value is told.

docs/catalogue-format.md is this file in prose.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from babel import Locale
from django.utils.translation import gettext_noop as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError


def _as_text(value: Any) -> Any:
    """Numbers written where words belong keep their digits: ``version: 1.10``, ``period: 2020``."""
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return str(value) if number else value


def _as_map(value: Any) -> Any:
    value = _as_text(value)
    return {"zh": value, "en": value} if isinstance(value, str) and value else value


def _real_division(code: str) -> str:
    if len(code) == 2 and code != "CN" and code not in Locale("en").territories:
        raise PydanticCustomError("area", _AREA)
    return code


_SLUG = _("lower-case letters, digits and hyphens, beginning with a letter")
_AREA = _("CN, a six-digit GB/T 2260 code, or a two-letter ISO 3166 country code")
_DATE = _("a year, or year-month, or year-month-day: 2015, 2015-05, 2015-05-08")
_PERIOD = _("a year 2020, years 2016-2020, a month 2018-06, a quarter 2018-Q2, a half 2018-H1")
_NUMBER = _("a number with at most 14 digits before the point and 6 after")
_TEXT = _("a text, or {zh: …, en: …} with zh given")
_YEAR = _("a year between 1900 and 2100")

Words = Annotated[str, BeforeValidator(_as_text)]
Slug = Annotated[
    Words, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80, description=_SLUG)
]
Area = Annotated[
    Words,
    # 001 is the world, as in UN M.49 and CLDR, which names it.
    Field(pattern=r"^(001|[A-Z]{2}|\d{6})$", description=_AREA),
    AfterValidator(_real_division),
]
Amount = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6, allow_inf_nan=False, description=_NUMBER),
]
Year = Annotated[int, Field(ge=1900, le=2100, strict=True, description=_YEAR)]


class Strict(BaseModel):
    """Unknown keys are faults, and text is trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class TextMap(Strict):
    zh: Annotated[Words, Field(min_length=1)]
    en: Words = ""

    def plain(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en} if self.en else {"zh": self.zh}


Text = Annotated[TextMap, BeforeValidator(_as_map), Field(description=_TEXT)]


class PlaceMap(Strict):
    """Where in a source: in the source's own language, and in English where somebody says it."""

    zh: Annotated[Words, Field(min_length=1, max_length=200)]
    en: Annotated[Words, Field(max_length=200)] = ""


def _as_place(value: Any) -> Any:
    value = _as_text(value)
    return {"zh": value} if isinstance(value, str) else value


_PLACE_MAP = _("a text of 1 to 200 characters, or {zh: …, en: …} with zh given")
Locator = Annotated[PlaceMap, BeforeValidator(_as_place), Field(description=_PLACE_MAP)]


class CaseEntry(Strict):
    """The one enterprise a figure speaks of, cited as a case, and when in its story."""

    name: Text
    stage: Literal["before", "after"] | None = None


class SourceEntry(Strict):
    code: Slug
    title: Text
    publisher: Text
    kind: Literal["policy", "standard", "statistics", "book", "report", "press", "own"]
    number: Annotated[Words, Field(max_length=120)] = ""
    published: Annotated[Words, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description=_DATE)]
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=400)] | None = None
    note: Text | None = None


class IndicatorEntry(Strict):
    code: Slug
    concept: Slug | None = None
    name: Text
    definition: Text
    formula: Text | None = None
    unit: Text | None = None
    direction: Literal["higher", "lower", "neutral"] = "higher"
    level: Literal["enterprise", "region", "both"]
    nature: Literal["level", "fall", "flow"] = "level"
    roll_up: Literal["mean_of_firms", "share_of_firms", "sum", "ratio_of_totals"] | None = None
    source: Slug | None = None
    locator: Locator | None = None
    groups: tuple[Text, ...] = ()
    position: Annotated[int, Field(ge=0, le=9999, strict=True)] = 0

    @model_validator(mode="after")
    def _rolls_up_only_what_firms_answer(self) -> IndicatorEntry:
        if self.roll_up and self.level == "region":
            raise PydanticCustomError(
                "roll_up", _("roll_up only where level is enterprise or both")
            )
        return self


Period = Annotated[
    Words,
    Field(
        pattern=r"^(19|20)\d{2}(-((19|20)\d{2}|0[1-9]|1[0-2]|Q[1-4]|H[12]))?$", description=_PERIOD
    ),
]


def last_year(period: str) -> int:
    """The (last) year of a period."""
    last = period[5:]
    return int(last) if len(last) == 4 else int(period[:4])


class FigureEntry(Strict):
    code: Annotated[
        Words, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=120, description=_SLUG)
    ]
    indicator: Slug
    area: Area
    sector: Annotated[Words, Field(max_length=80)] = ""
    case: CaseEntry | None = None
    period: Period
    value: Amount
    value_high: Amount | None = None
    operator: Literal["=", "≥", ">", "≤", "<", "≈", "range"] = "="
    unit: Text | None = None
    kind: Literal["target", "observed", "forecast", "policy"]
    form: Literal["level", "change", "growth", "count"] = "level"
    base_year: Year | None = None
    source: Slug
    locator: Locator
    status: Literal["official", "press", "transcribed", "unverified"]
    caveats: Text | None = None

    @property
    def year(self) -> int:
        """The (last) year of the period."""
        return last_year(self.period)

    @field_validator("value_high")
    @classmethod
    def _above_the_low_end(cls, high: Decimal | None, info: ValidationInfo) -> Decimal | None:
        low = info.data.get("value")
        if high is not None and low is not None and high <= low:
            raise PydanticCustomError("range", _("a value_high above value"))
        return high

    @model_validator(mode="after")
    def _range_has_two_ends(self) -> FigureEntry:
        if (self.operator == "range") != (self.value_high is not None):
            raise PydanticCustomError("range", _("value_high together with operator: range"))
        return self

    @model_validator(mode="after")
    def _change_has_a_base(self) -> FigureEntry:
        if self.form == "change" and self.base_year is None:
            raise PydanticCustomError("base_year", _("base_year, since form is change"))
        if self.base_year is not None and self.base_year >= self.year:
            raise PydanticCustomError("base_year", _("a base_year before the period"))
        return self

    @model_validator(mode="after")
    def _case_is_only_observed(self) -> FigureEntry:
        if self.case is not None and self.kind != "observed":
            raise PydanticCustomError("case", _("kind: observed, since one case is no target"))
        return self

    @model_validator(mode="after")
    def _period_runs_forward(self) -> FigureEntry:
        if self.year < int(self.period[:4]):
            raise PydanticCustomError("period", _("a period that begins before it ends"))
        return self


class GapEntry(Strict):
    """A printed number that is kept out of an indicator, with the reason."""

    code: Annotated[
        Words, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=120, description=_SLUG)
    ]
    indicator: Slug
    area: Area
    period: Period
    form: Literal["level", "change", "growth", "count"] = "level"
    source: Slug
    locator: Locator
    reason: Text


class RegionEntry(Strict):
    code: Annotated[
        Words,
        Field(pattern=r"^(CN|\d{6})$", description=_("CN or a six-digit GB/T 2260 code")),
    ]
    name: Text

    @property
    def level(self) -> str:
        if self.code == "CN":
            return "nation"
        tail = self.code[2:]
        if tail == "0000":
            return "province"
        return "city" if tail.endswith("00") else "county"


class IndustryEntry(Strict):
    code: Annotated[
        Words,
        Field(
            pattern=r"^[A-T](\d{2,4})?$",
            description=_("a GB/T 4754 code with its section letter: C, C36, C3612"),
        ),
    ]
    name: Text

    @property
    def level(self) -> str:
        return {1: "section", 3: "division", 4: "group"}.get(len(self.code), "class")
