"""Benchmarks: ratios to a bare application, measured in interleaved pairs in one run."""
