"""ICPC-2, its titles, and the bridges that lead to it from other code systems."""
