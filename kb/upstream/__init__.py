"""Requests that the service itself makes to other hosts, with httpx."""
