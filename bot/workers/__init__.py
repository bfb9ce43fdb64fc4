"""What runs: each worker has one step(); loop.py has the only endless loop."""
