"""A small newsroom that publishes on a clock, for the first minute without a network."""
