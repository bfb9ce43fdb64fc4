"""The edge in: the only HTTP client for pages and feeds, and parsers that turn bytes into values."""
