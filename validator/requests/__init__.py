"""Requests: JSON read into an encounter, and the problem details of requests that are refused."""
