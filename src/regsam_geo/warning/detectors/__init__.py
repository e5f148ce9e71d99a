"""The questions that are asked of every area, one file each."""
