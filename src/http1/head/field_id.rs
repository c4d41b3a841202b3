//! Known field names as small numbers. Part of the C ABI (`WW_FIELD_*`): append, never renumber.

use super::FieldId;

/// Defines the ids and, in the same order, the names.
macro_rules! field_ids {
    ($($id:ident = $number:literal $name:literal)*) => {
        $(#[doc = $name] pub const $id: FieldId = $number;)*
        pub(super) const NAMES: &[&str] = &["", $($name),*];
        const _: () = {
            let mut next = 1;
            $(assert!($number == next); next += 1;)*
            assert!(next == NAMES.len());
        };
    };
}

field_ids! {
    HOST = 1 "Host"
    CONTENT_LENGTH = 2 "Content-Length"
    TRANSFER_ENCODING = 3 "Transfer-Encoding"
    CONNECTION = 4 "Connection"
    EXPECT = 5 "Expect"
    UPGRADE = 6 "Upgrade"
    TE = 7 "TE"
    TRAILER = 8 "Trailer"
    DATE = 9 "Date"
    SERVER = 10 "Server"
    ACCEPT = 11 "Accept"
    ACCEPT_ENCODING = 12 "Accept-Encoding"
    ACCEPT_LANGUAGE = 13 "Accept-Language"
    AUTHORIZATION = 14 "Authorization"
    CACHE_CONTROL = 15 "Cache-Control"
    CONTENT_TYPE = 16 "Content-Type"
    CONTENT_ENCODING = 17 "Content-Encoding"
    CONTENT_RANGE = 18 "Content-Range"
    CONTENT_DISPOSITION = 19 "Content-Disposition"
    COOKIE = 20 "Cookie"
    SET_COOKIE = 21 "Set-Cookie"
    ETAG = 22 "ETag"
    IF_MATCH = 23 "If-Match"
    IF_NONE_MATCH = 24 "If-None-Match"
    IF_MODIFIED_SINCE = 25 "If-Modified-Since"
    IF_UNMODIFIED_SINCE = 26 "If-Unmodified-Since"
    IF_RANGE = 27 "If-Range"
    RANGE = 28 "Range"
    ACCEPT_RANGES = 29 "Accept-Ranges"
    LAST_MODIFIED = 30 "Last-Modified"
    LOCATION = 31 "Location"
    ORIGIN = 32 "Origin"
    REFERER = 33 "Referer"
    USER_AGENT = 34 "User-Agent"
    VARY = 35 "Vary"
    WWW_AUTHENTICATE = 36 "WWW-Authenticate"
    PROXY_AUTHENTICATE = 37 "Proxy-Authenticate"
    PROXY_AUTHORIZATION = 38 "Proxy-Authorization"
    PROXY_CONNECTION = 39 "Proxy-Connection"
    KEEP_ALIVE = 40 "Keep-Alive"
    ALLOW = 41 "Allow"
    AGE = 42 "Age"
    VIA = 43 "Via"
    FORWARDED = 44 "Forwarded"
    X_FORWARDED_FOR = 45 "X-Forwarded-For"
    X_FORWARDED_PROTO = 46 "X-Forwarded-Proto"
    X_FORWARDED_HOST = 47 "X-Forwarded-Host"
    X_REQUEST_ID = 48 "X-Request-Id"
    SEC_WEBSOCKET_KEY = 49 "Sec-WebSocket-Key"
    SEC_WEBSOCKET_VERSION = 50 "Sec-WebSocket-Version"
    SEC_WEBSOCKET_PROTOCOL = 51 "Sec-WebSocket-Protocol"
    SEC_WEBSOCKET_EXTENSIONS = 52 "Sec-WebSocket-Extensions"
    SEC_WEBSOCKET_ACCEPT = 53 "Sec-WebSocket-Accept"
    SEC_FETCH_SITE = 54 "Sec-Fetch-Site"
    SEC_FETCH_MODE = 55 "Sec-Fetch-Mode"
    SEC_FETCH_DEST = 56 "Sec-Fetch-Dest"
    CONTENT_LANGUAGE = 57 "Content-Language"
    CONTENT_LOCATION = 58 "Content-Location"
    RETRY_AFTER = 59 "Retry-After"
    LINK = 60 "Link"
    PRAGMA = 61 "Pragma"
    MAX_FORWARDS = 62 "Max-Forwards"
    TRACEPARENT = 63 "Traceparent"
    TRACESTATE = 64 "Tracestate"
    ACCEPT_CHARSET = 65 "Accept-Charset"
    EXPIRES = 66 "Expires"
    CONTENT_SECURITY_POLICY = 67 "Content-Security-Policy"
    STRICT_TRANSPORT_SECURITY = 68 "Strict-Transport-Security"
    ALT_SVC = 69 "Alt-Svc"
    PRIORITY = 70 "Priority"
    X_REAL_IP = 71 "X-Real-IP"
    SEC_FETCH_USER = 72 "Sec-Fetch-User"
    UPGRADE_INSECURE_REQUESTS = 73 "Upgrade-Insecure-Requests"
    DNT = 74 "DNT"
    ACCESS_CONTROL_REQUEST_METHOD = 75 "Access-Control-Request-Method"
    ACCESS_CONTROL_REQUEST_HEADERS = 76 "Access-Control-Request-Headers"
    ACCESS_CONTROL_ALLOW_ORIGIN = 77 "Access-Control-Allow-Origin"
}

/// The last id that affects framing or persistence: ids up to this one go into the summary.
pub(super) const LAST_FRAMING: FieldId = UPGRADE;

/// The name of an id, as its standard spells it; `None` for 0 and unassigned ids.
pub fn field_name(id: FieldId) -> Option<&'static str> {
    NAMES.get(usize::from(id)).copied().filter(|name| !name.is_empty())
}
