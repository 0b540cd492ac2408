"""From pasted text to entries. Pure Python: no Django, no I/O; it imports nothing of ours."""
