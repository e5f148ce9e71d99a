"""Is the number itself sound? Asked before any statistics."""
