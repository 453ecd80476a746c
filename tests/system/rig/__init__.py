"""What the system tests and scripts/fault share: processes, load, and what must be true of the streams afterwards."""
