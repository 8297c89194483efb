"""Benchmarks: speed as ratios to a floor and a peer measured in the same run, and accuracy against labels."""
