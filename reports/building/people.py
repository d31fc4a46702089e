"""Who the result is about, in words: place, trade and size as they stood at submission."""

from __future__ import annotations

from assessment.models import Organisation, Submission
from assessment.models.rounds import path_prefixes
from questionnaires.models import Industry, Region
from questionnaires.texts import localized
from reports.model import Text

NATION = 1  # depth of the tree's root


def region_of(submission: Submission) -> Region:
    code = str(submission.profile.get("region") or "")
    return Region.objects.filter(code=code).first() or submission.organisation.region


def place(region: Region) -> Text:
    """``浙江省宁波市``, ``Ningbo, Zhejiang``."""
    rows = Region.objects.filter(path__in=path_prefixes(region.path)).order_by("path")
    chain = [each for each in rows if each.depth > NATION] or [region]
    return {
        "zh": "".join(localized(each.name, "zh") for each in chain),
        "en": ", ".join(localized(each.name, "en") for each in reversed(chain)),
    }


def industry(submission: Submission) -> Text:
    code = str(submission.profile.get("industry") or "")
    found = Industry.objects.filter(code=code).first() or submission.organisation.industry
    return dict(found.name)


SIZES: dict[str, Text] = {
    Organisation.Size.LARGE: {"zh": "大型", "en": "Large"},
    Organisation.Size.MEDIUM: {"zh": "中型", "en": "Medium"},
    Organisation.Size.SMALL: {"zh": "小型", "en": "Small"},
    Organisation.Size.MICRO: {"zh": "微型", "en": "Micro"},
}


def size(submission: Submission) -> Text:
    code = str(submission.profile.get("size") or submission.organisation.size)
    return SIZES.get(code, {})
