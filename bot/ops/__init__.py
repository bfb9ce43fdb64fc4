"""What the operator sees: log, metrics, health and the status page."""
