"""From observations to propositions: episodes, drafts, relations, revisions, audit, confidence."""
