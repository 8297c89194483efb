"""The archive of Papers with Code."""
