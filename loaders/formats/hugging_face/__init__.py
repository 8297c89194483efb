"""Daily Papers of Hugging Face, as page and API."""
