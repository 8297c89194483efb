"""Readers of structured text, record by record, with places and damage control: the toolkit of formats."""
