"""The ACL Anthology's XML."""
