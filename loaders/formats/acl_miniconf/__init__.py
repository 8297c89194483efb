"""The programme file of the *ACL meetings' Mini-Conf sites."""
