"""One theme: classes, palettes, fonts and pages, shared by maps and charts."""
