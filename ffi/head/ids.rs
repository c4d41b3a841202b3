//! Known field names by number: `id` of a `ww_field`. New ones may come; values never change.

/// `flags` of a `ww_field`: the value holds an obs-fold, CRLF and whitespace as they were received (responses only).
pub const WW_FIELD_FOLDED: u16 = 1 << 0;

/// Host
pub const WW_FIELD_HOST: u16 = 1;
/// Content-Length
pub const WW_FIELD_CONTENT_LENGTH: u16 = 2;
/// Transfer-Encoding
pub const WW_FIELD_TRANSFER_ENCODING: u16 = 3;
/// Connection
pub const WW_FIELD_CONNECTION: u16 = 4;
/// Expect
pub const WW_FIELD_EXPECT: u16 = 5;
/// Upgrade
pub const WW_FIELD_UPGRADE: u16 = 6;
/// TE
pub const WW_FIELD_TE: u16 = 7;
/// Trailer
pub const WW_FIELD_TRAILER: u16 = 8;
/// Date
pub const WW_FIELD_DATE: u16 = 9;
/// Server
pub const WW_FIELD_SERVER: u16 = 10;
/// Accept
pub const WW_FIELD_ACCEPT: u16 = 11;
/// Accept-Encoding
pub const WW_FIELD_ACCEPT_ENCODING: u16 = 12;
/// Accept-Language
pub const WW_FIELD_ACCEPT_LANGUAGE: u16 = 13;
/// Authorization
pub const WW_FIELD_AUTHORIZATION: u16 = 14;
/// Cache-Control
pub const WW_FIELD_CACHE_CONTROL: u16 = 15;
/// Content-Type
pub const WW_FIELD_CONTENT_TYPE: u16 = 16;
/// Content-Encoding
pub const WW_FIELD_CONTENT_ENCODING: u16 = 17;
/// Content-Range
pub const WW_FIELD_CONTENT_RANGE: u16 = 18;
/// Content-Disposition
pub const WW_FIELD_CONTENT_DISPOSITION: u16 = 19;
/// Cookie
pub const WW_FIELD_COOKIE: u16 = 20;
/// Set-Cookie
pub const WW_FIELD_SET_COOKIE: u16 = 21;
/// ETag
pub const WW_FIELD_ETAG: u16 = 22;
/// If-Match
pub const WW_FIELD_IF_MATCH: u16 = 23;
/// If-None-Match
pub const WW_FIELD_IF_NONE_MATCH: u16 = 24;
/// If-Modified-Since
pub const WW_FIELD_IF_MODIFIED_SINCE: u16 = 25;
/// If-Unmodified-Since
pub const WW_FIELD_IF_UNMODIFIED_SINCE: u16 = 26;
/// If-Range
pub const WW_FIELD_IF_RANGE: u16 = 27;
/// Range
pub const WW_FIELD_RANGE: u16 = 28;
/// Accept-Ranges
pub const WW_FIELD_ACCEPT_RANGES: u16 = 29;
/// Last-Modified
pub const WW_FIELD_LAST_MODIFIED: u16 = 30;
/// Location
pub const WW_FIELD_LOCATION: u16 = 31;
/// Origin
pub const WW_FIELD_ORIGIN: u16 = 32;
/// Referer
pub const WW_FIELD_REFERER: u16 = 33;
/// User-Agent
pub const WW_FIELD_USER_AGENT: u16 = 34;
/// Vary
pub const WW_FIELD_VARY: u16 = 35;
/// WWW-Authenticate
pub const WW_FIELD_WWW_AUTHENTICATE: u16 = 36;
/// Proxy-Authenticate
pub const WW_FIELD_PROXY_AUTHENTICATE: u16 = 37;
/// Proxy-Authorization
pub const WW_FIELD_PROXY_AUTHORIZATION: u16 = 38;
/// Proxy-Connection
pub const WW_FIELD_PROXY_CONNECTION: u16 = 39;
/// Keep-Alive
pub const WW_FIELD_KEEP_ALIVE: u16 = 40;
/// Allow
pub const WW_FIELD_ALLOW: u16 = 41;
/// Age
pub const WW_FIELD_AGE: u16 = 42;
/// Via
pub const WW_FIELD_VIA: u16 = 43;
/// Forwarded
pub const WW_FIELD_FORWARDED: u16 = 44;
/// X-Forwarded-For
pub const WW_FIELD_X_FORWARDED_FOR: u16 = 45;
/// X-Forwarded-Proto
pub const WW_FIELD_X_FORWARDED_PROTO: u16 = 46;
/// X-Forwarded-Host
pub const WW_FIELD_X_FORWARDED_HOST: u16 = 47;
/// X-Request-Id
pub const WW_FIELD_X_REQUEST_ID: u16 = 48;
/// Sec-WebSocket-Key
pub const WW_FIELD_SEC_WEBSOCKET_KEY: u16 = 49;
/// Sec-WebSocket-Version
pub const WW_FIELD_SEC_WEBSOCKET_VERSION: u16 = 50;
/// Sec-WebSocket-Protocol
pub const WW_FIELD_SEC_WEBSOCKET_PROTOCOL: u16 = 51;
/// Sec-WebSocket-Extensions
pub const WW_FIELD_SEC_WEBSOCKET_EXTENSIONS: u16 = 52;
/// Sec-WebSocket-Accept
pub const WW_FIELD_SEC_WEBSOCKET_ACCEPT: u16 = 53;
/// Sec-Fetch-Site
pub const WW_FIELD_SEC_FETCH_SITE: u16 = 54;
/// Sec-Fetch-Mode
pub const WW_FIELD_SEC_FETCH_MODE: u16 = 55;
/// Sec-Fetch-Dest
pub const WW_FIELD_SEC_FETCH_DEST: u16 = 56;
/// Content-Language
pub const WW_FIELD_CONTENT_LANGUAGE: u16 = 57;
/// Content-Location
pub const WW_FIELD_CONTENT_LOCATION: u16 = 58;
/// Retry-After
pub const WW_FIELD_RETRY_AFTER: u16 = 59;
/// Link
pub const WW_FIELD_LINK: u16 = 60;
/// Pragma
pub const WW_FIELD_PRAGMA: u16 = 61;
/// Max-Forwards
pub const WW_FIELD_MAX_FORWARDS: u16 = 62;
/// Traceparent
pub const WW_FIELD_TRACEPARENT: u16 = 63;
/// Tracestate
pub const WW_FIELD_TRACESTATE: u16 = 64;
/// Accept-Charset
pub const WW_FIELD_ACCEPT_CHARSET: u16 = 65;
/// Expires
pub const WW_FIELD_EXPIRES: u16 = 66;
/// Content-Security-Policy
pub const WW_FIELD_CONTENT_SECURITY_POLICY: u16 = 67;
/// Strict-Transport-Security
pub const WW_FIELD_STRICT_TRANSPORT_SECURITY: u16 = 68;
/// Alt-Svc
pub const WW_FIELD_ALT_SVC: u16 = 69;
/// Priority
pub const WW_FIELD_PRIORITY: u16 = 70;
/// X-Real-IP
pub const WW_FIELD_X_REAL_IP: u16 = 71;
/// Sec-Fetch-User
pub const WW_FIELD_SEC_FETCH_USER: u16 = 72;
/// Upgrade-Insecure-Requests
pub const WW_FIELD_UPGRADE_INSECURE_REQUESTS: u16 = 73;
/// DNT
pub const WW_FIELD_DNT: u16 = 74;
/// Access-Control-Request-Method
pub const WW_FIELD_ACCESS_CONTROL_REQUEST_METHOD: u16 = 75;
/// Access-Control-Request-Headers
pub const WW_FIELD_ACCESS_CONTROL_REQUEST_HEADERS: u16 = 76;
/// Access-Control-Allow-Origin
pub const WW_FIELD_ACCESS_CONTROL_ALLOW_ORIGIN: u16 = 77;

#[cfg(test)]
mod tests {
    use crate::http1::head::field_name;

    #[test]
    fn numbers_and_names_are_those_of_the_parser() {
        let mut count = 0;
        for line in include_str!("ids.rs").lines() {
            let Some(rest) = line.strip_prefix("pub const WW_FIELD_") else { continue };
            let (constant, number) = rest.split_once(": u16 = ").unwrap();
            if constant == "FOLDED" {
                continue;
            }
            let name = field_name(number.trim_end_matches(';').parse().unwrap()).unwrap();
            assert_eq!(constant, name.to_uppercase().replace('-', "_"));
            count += 1;
        }
        assert!(field_name(count).is_some() && field_name(count + 1).is_none());
    }
}
