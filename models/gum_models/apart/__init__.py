"""Native code in processes of its own: what aborts, hangs or swells there costs one retry, never the daemon."""
