"""What opens on top of a screen and closes with an answer."""
