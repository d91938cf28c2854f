"""The local HTTP API: guarded, typed, on loopback only."""
