"""One module a theme; each function measures and returns lines of the table."""
