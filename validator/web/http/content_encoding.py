"""The body of a request, unpacked where it is sent with `Content-Encoding: gzip`.

It is unpacked piece by piece as it is read, so a small body that unpacks to gigabytes costs no more than the caller reads.
"""

import io
import zlib
from typing import TYPE_CHECKING

from werkzeug.exceptions import ClientDisconnected

from validator.requests.errors import Fault, RequestError
from validator.web.http.errors import ProblemError

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream

CONTENT_ENCODING = "HTTP_CONTENT_ENCODING"  # of the WSGI environment
_GZIP_NAMES = ("gzip", "x-gzip")
_GZIP_FORMAT = 16 + zlib.MAX_WBITS
_PIECE = 2**16
# A packed batch may be of any length, as an unpacked one may, so its limit is in proportion to what is sent: the contacts of the
# shipped sample are 26 times as long as packed, a repeated byte 1,000 times. Below MIN_LIMITED, equal contacts may be
# sent to try things out.
MAX_RATIO, MIN_LIMITED = 100, 2**23


def is_gzip(header: str) -> bool:
    """Return whether a Content-Encoding is gzip. Raises ProblemError (415) for any other but identity."""
    name = header.strip().lower()
    if name in _GZIP_NAMES:
        return True
    if name in ("", "identity"):
        return False
    raise ProblemError(415, "detail-content-encoding", headers={"Accept-Encoding": "gzip"})


class GzipStream(io.RawIOBase):
    """The unpacked bytes of a gzip stream, which may have several members.

    Reading raises RequestError for bytes that are not gzip, and where more than MIN_LIMITED bytes come of less than a part in
    MAX_RATIO of them; ClientDisconnected where the stream ends early.
    """

    def __init__(self, packed: "InputStream") -> None:
        self._packed = packed
        self._unread = b""
        self._member = zlib.decompressobj(_GZIP_FORMAT)
        self._packed_length = self._length = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill the buffer as far as one piece goes; 0 is the end."""
        while True:
            if self._member.eof:
                self._unread = self._unread or self._read_packed()
                if not self._unread:
                    return 0
                self._member = zlib.decompressobj(_GZIP_FORMAT)
            piece = self._unread or self._read_packed()
            try:
                # Without input, the rest of what has been read before.
                content = self._member.decompress(piece, len(buffer))
            except zlib.error:
                raise RequestError([Fault("", "not-gzip")]) from None
            self._unread = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if content:
                self._count(len(content))
                buffer[: len(content)] = content
                return len(content)
            if not piece and not self._member.eof:
                raise ClientDisconnected

    def _read_packed(self) -> bytes:
        piece = self._packed.read(_PIECE)
        self._packed_length += len(piece)
        return piece

    def _count(self, length: int) -> None:
        self._length += length
        if self._length > MIN_LIMITED and self._length > MAX_RATIO * self._packed_length:
            raise RequestError([Fault("", "unpacked-too-long", {"ratio": MAX_RATIO, "limit": MIN_LIMITED})])
