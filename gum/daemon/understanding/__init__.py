"""When and how much a model works: its queue beside the built-in engine's, its budget, and whom it must not disturb."""

from gum.daemon.understanding.leisure import Leisure as Leisure
from gum.daemon.understanding.sittings import Backlog as Backlog
from gum.daemon.understanding.sittings import Sittings as Sittings
