"""From propositions to suggestions: discover, decide whether to speak, act when accepted, take back."""
