"""Every stage of the lookup on texts that nobody would paste: `make fuzz`."""
