"""What parsing the programme of an *ACL meeting needs, and recognising it does not."""
