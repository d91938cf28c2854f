"""What travels over the local API: one frozen model for each answer and each request, one module for each area.

Times are ISO 8601 with an offset, UTC in answers.  The client re-exports every name.
"""

from __future__ import annotations

from gum.wire.access import *
from gum.wire.audit import *
from gum.wire.base import *
from gum.wire.chat import *
from gum.wire.context import *
from gum.wire.events import *
from gum.wire.forget import *
from gum.wire.gate import *
from gum.wire.insights import *
from gum.wire.models import *
from gum.wire.observations import *
from gum.wire.portrait import *
from gum.wire.preferences import *
from gum.wire.privacy import *
from gum.wire.propositions import *
from gum.wire.review import *
from gum.wire.status import *
from gum.wire.suggestions import *
from gum.wire.transfer import *
