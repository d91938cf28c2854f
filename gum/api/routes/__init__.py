"""The routes under /v1, one module for each thing they speak of."""
