"""The pages: thin views over the library, in Danish and English, usable without JavaScript."""
