"""`loader publish`: a folder for any web server or object store, that says what is in it and can be cited and checked.

`data_package`, `croissant`, `citation` and `changelog` are pure: facts in, text out.
"""
