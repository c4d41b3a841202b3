//! Whole messages that the random walks and the fuzz targets over the C API send, each to be cut and mixed by its user.

/// Requests.
pub const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
pub const POST_EXPECTING: &[u8] =
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\nabcdefg";
pub const POST_WITH_TRAILERS: &[u8] =
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\n";
pub const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n";
pub const CONNECT: &[u8] = b"CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n";
pub const HEAD_OF_HTTP_1_0: &[u8] = b"HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
pub const UNKNOWN_EXPECTATION: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n";
pub const GET_AND_CLOSE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// Responses of every framing, informational ones among them.
pub const RESPONSES: [&[u8]; 9] = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabcdefg",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\n",
    b"HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n",
    b"HTTP/1.1 100 C\r\n\r\n",
    b"HTTP/1.1 103 E\r\n\r\n",
    b"HTTP/1.1 204 N\r\nConnection: close\r\n\r\n",
    b"HTTP/1.0 200 OK\r\n\r\nabc",
    b"HTTP/1.1 403 F\r\nX: a\r\n b\r\nContent-Length: 3\r\n\r\nabc",
];
