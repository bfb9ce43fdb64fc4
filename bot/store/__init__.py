"""The edge to Redis, and its only importer: keys, codec, one short script per atomic step."""
