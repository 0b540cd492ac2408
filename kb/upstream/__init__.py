"""What is asked of other servers, over httpx: always with limits, never on a reader's request."""
