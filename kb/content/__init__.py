"""fixtures/ ⇄ models: read, check, load."""
