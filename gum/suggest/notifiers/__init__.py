"""Ways to tell of a suggestion on the desktop; they come through the entry point group `gum.notifiers`."""
