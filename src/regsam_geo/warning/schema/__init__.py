"""What passes between the floors: series as arrays, a detector as a record, findings as one table."""
