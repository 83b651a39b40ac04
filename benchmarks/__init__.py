"""Measures speed, accuracy and reading against other tools; ``python -m benchmarks`` writes the results."""
