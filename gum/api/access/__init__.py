"""Who asks, what they may ask for, and what they are shown.

Every route declares `dependencies=[require(Scope.READ)]`; a test walks all routes and fails for one without.
A caller with limits (topics, sensitive categories, a lowest probability, an age) is refused wherever the route does not
say `limited=True`, which is its promise to apply `Caller.limits` to all that it tells.
"""

from __future__ import annotations

from gum.api.access.caller import Asking, Caller
from gum.api.access.require import Require, require
from gum.api.access.scopes import Scope
from gum.store.limits import Limits

__all__ = ["Asking", "Caller", "Limits", "Require", "Scope", "require"]
