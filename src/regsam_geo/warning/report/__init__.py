"""From findings to warnings: what a planner reads, now and in past years."""
