"""The terminal user interface; it talks to the daemon through gum.client alone."""
