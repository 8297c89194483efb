"""Files of the ACL Anthology."""
