"""What every model engine shares, wherever its model runs: prompts, marked blocks, key frames, repair of replies."""

from gum_models.reasoning.reasoner import ModelReasoner as ModelReasoner
from gum_models.reasoning.reasoner import Prompt as Prompt
from gum_models.reasoning.reasoner import PromptTooLongError as PromptTooLongError
from gum_models.reasoning.reasoner import Usage as Usage
