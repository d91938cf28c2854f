"""Search over propositions: by words, by meaning, fused into one ranking."""
