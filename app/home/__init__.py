"""The two pages about me: today, and my own place. Reads every feature, writes none."""
