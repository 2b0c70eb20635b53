"""JSON as it is sent: compact, in UTF-8, members in the order of the contract."""

import json

write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
