"""One module for each migration, in the order of their numbers; none is ever changed once it was released."""
