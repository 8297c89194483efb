"""Daily Papers of Hugging Face: the page and the API."""
