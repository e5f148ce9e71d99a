"""One region on two pages, the meeting pack of a region, and the overview of the city."""
