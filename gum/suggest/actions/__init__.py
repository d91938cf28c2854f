"""What an accepted suggestion can do.  Each action writes new files below its own folder and nothing else."""
