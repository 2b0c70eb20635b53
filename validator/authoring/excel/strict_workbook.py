"""Workbooks saved as "Strict Open XML", which openpyxl reads as empty since their namespaces are others.

ISO/IEC 29500-1 names the namespaces of Strict documents, and 29500-4 those of the usual, transitional ones.
"""

import io
import re
import zipfile

_ROOT_RELATIONS = "_rels/.rels"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_XML_ENDINGS = (".xml", ".rels")


def transitional_workbook(content: bytes) -> bytes:
    """Return a workbook with the transitional namespaces; any other workbook unchanged."""
    with zipfile.ZipFile(io.BytesIO(content)) as strict:
        if _ROOT_RELATIONS not in strict.namelist() or not _STRICT.search(strict.read(_ROOT_RELATIONS)):
            return content
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as transitional:
            for name in strict.namelist():
                part = strict.read(name)
                transitional.writestr(name, _STRICT.sub(_TRANSITIONAL, part) if name.endswith(_XML_ENDINGS) else part)
        return written.getvalue()
