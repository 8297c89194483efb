"""Files of OpenReview."""
