"""`make record`: real clients pointed at replay, and what each printed kept in `fixtures/recorded`."""
