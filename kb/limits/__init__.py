"""How often one client address may ask, over all nodes through Redis, else in each process."""
