"""How well questions find their evidence: our search, the word index alone, the vector index alone."""
