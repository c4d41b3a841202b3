//! What a connection config says of HTTP/1.1.

use crate::http1::machine::policy;

/// Config flag: admit requests with Content-Length and Transfer-Encoding. The latter frames them and the connection
/// closes after the response. Reopens request smuggling behind a proxy that believes Content-Length (RFC 9112 §6.3).
pub const WW_CONN_LENIENT_LENGTH_AND_CHUNKED: u32 = 1 << 0;
/// Config flag: refuse an absolute-form target whose authority differs from Host (RFC 9112 §3.2.2).
pub const WW_CONN_STRICT_HOST: u32 = 1 << 8;
/// Config flag: accept an empty Host; the application has a default authority.
pub const WW_CONN_DEFAULT_AUTHORITY: u32 = 1 << 9;
/// Config flag: refuse trailers whose names must not be trailers, instead of dropping those fields (RFC 9110 §6.5.1).
pub const WW_CONN_STRICT_TRAILERS: u32 = 1 << 10;
/// Config flag: the transport is secured by the caller, `https` targets are served here (RFC 9110 §7.4).
pub const WW_CONN_SECURE: u32 = 1 << 11;
/// Config flag, server: CONNECT comes as a request, whose tunnel ww_conn_switch() or ww_server_switch() opens with 200, and which
/// ww_conn_respond() refuses with a status other than 2xx. Without this flag CONNECT is refused with 501 (WW_E_METHOD), and the connection
/// ends (RFC 9110 §9.3.6).
pub const WW_CONN_TUNNELS: u32 = 1 << 14;

/// Config flag, both roles: targets are of RFC 3986 octets with whole escapes, see WW_TARGET_STRICT. Without this flag and the next one they are
/// what browsers send, see WW_TARGET_BROWSER.
pub const WW_CONN_STRICT_TARGET: u32 = 1 << 12;
/// Config flag, both roles: targets may have every octet above 0x20 but `#` and DEL, see WW_TARGET_LENIENT. Not with WW_CONN_STRICT_TARGET.
pub const WW_CONN_LENIENT_TARGET: u32 = 1 << 13;

const _: () = assert!(
    WW_CONN_LENIENT_LENGTH_AND_CHUNKED == policy::LENIENT_LENGTH_AND_CHUNKED
        && WW_CONN_STRICT_HOST == policy::STRICT_HOST
        && WW_CONN_DEFAULT_AUTHORITY == policy::DEFAULT_AUTHORITY
        && WW_CONN_STRICT_TRAILERS == policy::STRICT_TRAILERS
        && WW_CONN_SECURE == policy::SECURE
        && WW_CONN_TUNNELS == policy::TUNNELS
);

/// The flags that are the core's own bits.
pub(super) const FLAGS: u32 = WW_CONN_LENIENT_LENGTH_AND_CHUNKED
    | WW_CONN_STRICT_HOST
    | WW_CONN_DEFAULT_AUTHORITY
    | WW_CONN_STRICT_TRAILERS
    | WW_CONN_SECURE
    | WW_CONN_TUNNELS;

/// Those that the limits of heads have.
pub(super) const TARGET_FLAGS: u32 = WW_CONN_STRICT_TARGET | WW_CONN_LENIENT_TARGET;
