"""The pieces of the screens, one file each."""
