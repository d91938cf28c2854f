"""A simulated person at a computer for weeks, and how well the program comes to know them."""
