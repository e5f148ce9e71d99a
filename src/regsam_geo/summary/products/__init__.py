"""What a planner takes along: the report, the profile of a region, the meeting pack, the table of regions."""
