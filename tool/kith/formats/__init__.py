"""Formats that other programs read and write: text to model and back, nothing else."""
