"""Notes of OpenReview."""
