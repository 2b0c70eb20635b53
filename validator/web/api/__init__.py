"""The JSON API: views and the schemas that document them."""
