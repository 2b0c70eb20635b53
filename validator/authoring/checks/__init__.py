"""Warnings about rule files, and the formats in which problems are reported."""
