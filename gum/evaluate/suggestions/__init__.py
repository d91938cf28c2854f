"""How well it decides when to speak: on labelled traces of events, and on simulated people with hidden tastes."""
