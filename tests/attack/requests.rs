//! The requests of the walks: whole messages, which arrive in pieces.

use crate::messages::*;

pub const REQUESTS: [&[u8]; 9] = [
    GET,
    POST_EXPECTING,
    POST_WITH_TRAILERS,
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    UPGRADE,
    CONNECT,
    HEAD_OF_HTTP_1_0,
    UNKNOWN_EXPECTATION,
    GET_AND_CLOSE,
];
