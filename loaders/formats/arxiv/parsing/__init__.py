"""What the formats of this family parse with."""
