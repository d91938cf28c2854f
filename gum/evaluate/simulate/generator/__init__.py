"""Makes a person with some weeks at a computer, and what is true of them, from a seed.

This is written apart from every engine: it knows the records that are observed and believed, and nothing else of the
program.  It is frozen: `fingerprint` is printed with every figure.
"""

from gum.evaluate.simulate.generator.fingerprint import fingerprint
from gum.evaluate.simulate.generator.life import Life, live
from gum.evaluate.simulate.generator.person import HELD_OUT_FROM, Person
from gum.evaluate.simulate.generator.truth import SUPPORTABLE_FROM, Decoy, Fact, Happening, Truth

__all__ = [
    "HELD_OUT_FROM",
    "SUPPORTABLE_FROM",
    "Decoy",
    "Fact",
    "Happening",
    "Life",
    "Person",
    "Truth",
    "fingerprint",
    "live",
]
