"""Speed and cost, measured and printed, never asserted."""
