"""The levels of cases, their approval by EKM, and the grades of an answer.

The grades are in order from best to worst.
"""

from typing import Literal

Level = Literal["basic", "intermediate", "advanced"]
Approval = Literal["not-approved", "approved"]
Grade = Literal["exact", "accepted", "group", "chapter", "miss"]
LEVELS: tuple[Level, ...] = ("basic", "intermediate", "advanced")
APPROVALS: tuple[Approval, ...] = ("not-approved", "approved")
GRADES: tuple[Grade, ...] = ("exact", "accepted", "group", "chapter", "miss")
