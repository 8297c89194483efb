"""The arXiv's metadata."""
