"""Records to rows, in SQLite and PostgreSQL alike: idempotent, in any order, all or nothing."""
