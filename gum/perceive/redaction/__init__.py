"""Secrets are taken out of a text before anything of it is stored.

`looks` tells secrets from what resembles them; `issued`, `named`, `personal` and `phrases` hold our rules by what a
secret is known by, `library` those of detect-secrets; `redacting` applies them all.
"""

from gum.perceive.redaction.redacting import Redacted, redact

__all__ = ["Redacted", "redact"]
