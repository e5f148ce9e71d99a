"""What is computed before anything is written or drawn: numbers, without a word or a page."""
