"""Calendars in the iCalendar form (RFC 5545), as `.ics` files."""
