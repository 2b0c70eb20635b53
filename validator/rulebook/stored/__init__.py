"""Releases as compact JSON: dumped when published, loaded by a server without reading YAML."""
