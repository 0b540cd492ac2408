"""Faults done for real to a running cluster, under constant load and with an editor at work: `make faults`."""
