"""Visibility that fails closed.

A guarded queryset refuses to give out rows until somebody said for whom: ``visible_to(user)`` for
people, ``unscoped(reason)`` for the system's own work. Forgetting it is an error, not a leak.
``exists()`` stays open because uniqueness checks need it; it tells one bit about a known key.
"""

from __future__ import annotations

from typing import Self

from django.db import models


class Unscoped(Exception):
    """Rows of a guarded model were asked for without saying for whom."""


class GuardedQuerySet(models.QuerySet):
    _scoped = False

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._scoped = self._scoped
        return clone

    def _require_scope(self) -> None:
        if not self._scoped:
            name = self.model.__name__
            raise Unscoped(f"{name}: call visible_to(user) or unscoped(reason) first.")

    def visible_to(self, user) -> Self:
        """The rows ``user`` may see; none for an anonymous or inactive user."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none().unscoped("nobody sees nothing")
        visible = self if user.is_operator else self._visible_to(user)
        return visible.unscoped("limited to one user's view")

    def _visible_to(self, user) -> Self:
        raise NotImplementedError

    def unscoped(self, reason: str) -> Self:
        """All rows, for the system's own work; ``reason`` is for the reader of the code."""
        clone = self._chain()  # type: ignore[attr-defined]
        clone._scoped = True
        return clone

    def _fetch_all(self) -> None:
        self._require_scope()
        super()._fetch_all()

    def iterator(self, *args, **kwargs):
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def aggregate(self, *args, **kwargs):
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self):
        self._require_scope()
        return super().delete()

    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class GuardedModel(models.Model):
    """Base of models whose rows belong to somebody.

    ``objects`` is guarded; ``unguarded`` serves Django's own traversal of foreign keys. Models set
    ``objects = TheirQuerySet.as_manager()``.
    """

    objects = GuardedQuerySet.as_manager()
    unguarded = models.Manager()  # noqa: DJ012

    class Meta:
        abstract = True
        base_manager_name = "unguarded"
        default_manager_name = "objects"
