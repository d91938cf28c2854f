"""From captures to observations: excluded, read, redacted, committed."""
