"""What people type: one file per command, and COMMANDS, the whole menu as one table."""
