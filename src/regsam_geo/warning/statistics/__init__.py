"""Arrays in, arrays out: the tests themselves, which know no panel and no warning."""
