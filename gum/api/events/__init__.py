"""What happened, told as it happens: a ring of the latest events, and each listener's stream of them."""
