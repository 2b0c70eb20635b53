"""How free values of the contract are written once they are read."""


def register_form(name: str) -> str:
    """The name of a register however it is capitalised."""
    return name.strip().lower()
