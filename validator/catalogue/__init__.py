"""ICPC-2 with titles, synonyms and notes, other code systems, and the bridges between them."""
