"""The daemon: the composition of every part, its threads, its status and its life."""
