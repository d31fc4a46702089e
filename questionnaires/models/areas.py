"""Where and what: administrative divisions (GB/T 2260) and industries (GB/T 4754)."""

from __future__ import annotations

from typing import Any

from django.db import models
from treebeard.mp_tree import MP_Node

from questionnaires.texts import TextField, localized


class Region(MP_Node):
    """An administrative division; the root is the nation (``CN``), then provinces, then cities."""

    code = models.CharField(max_length=12, unique=True)  # GB/T 2260, "CN" for the nation
    name = TextField()
    level = models.CharField(max_length=16)  # nation, province, city, county
    node_order_by = ["code"]

    def __str__(self) -> str:
        return localized(self.name)

    def covers(self, other: Region) -> bool:
        """Whether ``other`` is this region or lies below it."""
        return bool(other.path.startswith(self.path))


class RegionQuerySetMixin:
    """Filters shared by models with a ``region`` foreign key."""

    def in_region(self: Any, region: Region) -> Any:
        """Rows of ``region`` and of everything below it."""
        return self.filter(region__path__startswith=region.path)


class Industry(models.Model):
    """A GB/T 4754-2017 section (``C``) or division (``C36``)."""

    code = models.CharField(max_length=8, unique=True)
    name = TextField()
    section = models.CharField(max_length=1, db_index=True)
    level = models.CharField(max_length=16)  # section, division

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.name)}"
