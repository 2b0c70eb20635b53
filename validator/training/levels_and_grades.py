"""The closed lists of coding cases: how hard they are, whether EKM has approved them, and the grades of an answer."""

from typing import Literal

Level = Literal["basic", "intermediate", "advanced"]
Approval = Literal["not-approved", "approved"]
Grade = Literal["exact", "accepted", "group", "chapter", "miss"]
LEVELS: tuple[Level, ...] = ("basic", "intermediate", "advanced")
APPROVALS: tuple[Approval, ...] = ("not-approved", "approved")
GRADES: tuple[Grade, ...] = ("exact", "accepted", "group", "chapter", "miss")
