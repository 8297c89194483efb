"""The programme of every machine-learning conference as one relational database that its user owns."""
