"""The pages: thin views over the library, in one frame, in Danish and English. They work without JavaScript."""
