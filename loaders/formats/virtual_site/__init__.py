"""Pages and exports of virtual conference sites."""
