"""The typed client of the local API, used by the command line, the terminal interface and any program.

Every method asks the daemon once and returns a model of `gum.wire`; one module for each area.  All raise
DaemonAbsentError when nothing answers and RefusedError, with the daemon's own sentence, when it says no.
"""

from __future__ import annotations

from gum.client.access import AccessClient
from gum.client.asking import AskingClient
from gum.client.audit import AuditClient
from gum.client.context import ContextClient
from gum.client.forget import ForgetClient
from gum.client.gate import GateClient
from gum.client.insights import InsightsClient
from gum.client.models import ModelsClient
from gum.client.observations import ObservationsClient
from gum.client.portrait import PortraitClient
from gum.client.preferences import PreferencesClient
from gum.client.privacy import PrivacyClient
from gum.client.propositions import PropositionsClient
from gum.client.review import ReviewClient
from gum.client.status import StatusClient
from gum.client.suggestions import SuggestionsClient
from gum.client.transfer import TransferClient
from gum.wire import *


class Client(
    AccessClient,
    AskingClient,
    ContextClient,
    ForgetClient,
    AuditClient,
    InsightsClient,
    ModelsClient,
    ObservationsClient,
    PortraitClient,
    PreferencesClient,
    GateClient,
    PrivacyClient,
    PropositionsClient,
    ReviewClient,
    StatusClient,
    SuggestionsClient,
    TransferClient,
):
    """One connection to one daemon; safe to use from several threads; a context manager."""
