"""Search over generated propositions: ours, each arm alone, and the way that the paper's own code searches."""
