"""What the screens of topics list: one module for each topic, which asks the daemon and puts the answer in rows."""
