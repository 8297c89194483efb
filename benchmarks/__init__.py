"""How fast Programme is, as ratios to a floor and a peer measured on the same machine in the same run."""
