"""Answers with any catalogued error, on demand, so that developers can test how their own client takes it."""
