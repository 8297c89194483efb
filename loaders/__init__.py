"""Documents to records to rows: the reading and writing half of Programme, and its command line."""
