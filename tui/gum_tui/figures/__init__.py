"""The figures of the Insights screen: one module for each, numbers in words beside every picture."""
