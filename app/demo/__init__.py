"""The demo organisation: a mine with 26 branches and a month behind it. Uses every feature."""
