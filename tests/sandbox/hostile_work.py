"""Work that never ends, and work that wants all memory."""


def endless() -> None:
    while True:
        pass


def greedy() -> None:
    bytearray(2**31)
