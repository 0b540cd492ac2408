"""The measured comparisons: `make bench`. Nothing in `kb/` imports from here."""
