"""What the llama engine costs, on random models that have the dimensions of real ones."""
