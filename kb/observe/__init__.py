"""What an operator sees: logs, metrics, error reports. Nothing that a reader sent is in any of them."""
