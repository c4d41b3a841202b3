//! The status every call returns: 0 is success, positive is an answer that is no error, negative is an error.
//!
//! The errors are [`crate::error::Code`] by value and by name; the tests below hold the two together.

use core::ffi::{CStr, c_char};

/// What a call returns: `WW_OK`, a positive answer that is no error, or a negative `WW_E_*`.
///
/// `-1` to `-99` are about the call or this machine; `-100` and below are about what is exchanged with the peer. Values never change, and
/// new ones may come: treat an unknown negative value as an error like the others.
pub type ww_status = i32;

/// Done.
pub const WW_OK: ww_status = 0;
/// Nothing more to say before more input comes.
pub const WW_NEED_INPUT: ww_status = 1;
/// Held back for now: a limit on queued output, or a request that is not answered yet. Try again when told.
pub const WW_PAUSED: ww_status = 2;
/// The given time passed and nothing happened.
pub const WW_TIMEOUT: ww_status = 3;
/// The end: there will be nothing more.
pub const WW_DONE: ww_status = 4;

/// An argument is null, out of range or of an unknown value.
pub const WW_E_ARGUMENT: ww_status = -1;
/// The call is not allowed in this state.
pub const WW_E_STATE: ww_status = -2;
/// Memory or its budget is used up. Everything whose size a peer or a caller decides fails like this. Handles, tables of the service and what
/// rustls needs are small and of the process's allocator: where it has not even those octets, the process aborts.
pub const WW_E_NOMEM: ww_status = -3;
/// The output buffer is too small; the size needed was written.
pub const WW_E_BUFFER: ww_status = -4;
/// The connection of this id has ended.
pub const WW_E_GONE: ww_status = -5;
/// A system call failed.
pub const WW_E_SYSTEM: ww_status = -6;
/// Not built in, or not on this platform.
pub const WW_E_UNSUPPORTED: ww_status = -7;
/// The source of unpredictable octets gave none.
pub const WW_E_ENTROPY: ww_status = -8;
/// Text to be sent is not UTF-8.
pub const WW_E_UTF8: ww_status = -9;
/// The connection is slow, and its queue has no room for the message.
pub const WW_E_SLOW: ww_status = -10;
/// A limit of the config on what the caller may do is reached.
pub const WW_E_LIMIT: ww_status = -11;
/// A host name could not be resolved.
pub const WW_E_RESOLVE: ww_status = -12;
/// A certificate chain of one's own, its names or its OCSP staple are no good.
pub const WW_E_TLS_CERTIFICATE: ww_status = -20;
/// A private key is no good, or belongs to another certificate.
pub const WW_E_TLS_KEY: ww_status = -21;
/// Certificates to trust are no good, or the platform has none.
pub const WW_E_TLS_TRUST: ww_status = -22;
/// A bug in the library: a connection said that it had events and had none. It was ended, and nothing else.
pub const WW_E_STALLED: ww_status = -98;
/// A bug in the library; the handle is poisoned.
pub const WW_E_PANIC: ww_status = -99;
/// The request line is malformed.
pub const WW_E_REQUEST_LINE: ww_status = -100;
/// The status line is malformed.
pub const WW_E_STATUS_LINE: ww_status = -101;
/// Not HTTP/1.x.
pub const WW_E_VERSION: ww_status = -102;
/// A line ends in something other than CRLF.
pub const WW_E_LINE_END: ww_status = -103;
/// A field name is malformed.
pub const WW_E_FIELD_NAME: ww_status = -104;
/// A field value is malformed.
pub const WW_E_FIELD_VALUE: ww_status = -105;
/// The request target is malformed or of the wrong form for its method.
pub const WW_E_TARGET: ww_status = -106;
/// Host is missing, repeated or malformed.
pub const WW_E_HOST: ww_status = -107;
/// Content-Length is malformed or contradicts itself.
pub const WW_E_CONTENT_LENGTH: ww_status = -108;
/// Transfer-Encoding is malformed, unsupported or not allowed here.
pub const WW_E_TRANSFER_ENCODING: ww_status = -109;
/// Content-Length and Transfer-Encoding together.
pub const WW_E_AMBIGUOUS_FRAMING: ww_status = -110;
/// Chunked framing is malformed.
pub const WW_E_CHUNK: ww_status = -111;
/// The trailer section is malformed.
pub const WW_E_TRAILER: ww_status = -112;
/// A limit was crossed.
pub const WW_E_TOO_LARGE: ww_status = -113;
/// The transport ended inside a message.
pub const WW_E_TRUNCATED: ww_status = -114;
/// Bytes arrived where no message was due.
pub const WW_E_UNEXPECTED_DATA: ww_status = -115;
/// An upgrade or CONNECT broke its rules.
pub const WW_E_UPGRADE: ww_status = -116;
/// An expectation other than 100-continue.
pub const WW_E_EXPECTATION: ww_status = -117;
/// The target names another scheme or authority than this connection serves.
pub const WW_E_MISDIRECTED: ww_status = -118;
/// More or fewer content octets than declared.
pub const WW_E_BODY_LENGTH: ww_status = -119;
/// Raw bytes before the switch of protocols.
pub const WW_E_NOT_SWITCHED: ww_status = -120;
/// The connection is closing; no further request is possible.
pub const WW_E_CLOSING: ww_status = -121;
/// Text is not in the encoding that it should be in: percent-escapes, base64.
pub const WW_E_ENCODING: ww_status = -122;
/// Multipart content is malformed.
pub const WW_E_MULTIPART: ww_status = -123;
/// A method that the config does not take: CONNECT without WW_CONN_TUNNELS.
pub const WW_E_METHOD: ww_status = -124;
/// The head did not arrive in time.
pub const WW_E_TIMEOUT_HEAD: ww_status = -130;
/// The content stalled or came too slowly.
pub const WW_E_TIMEOUT_BODY: ww_status = -131;
/// The peer does not read.
pub const WW_E_TIMEOUT_WRITE: ww_status = -132;
/// No request came on a kept-alive connection.
pub const WW_E_TIMEOUT_IDLE: ww_status = -133;
/// The response to a request did not begin in time.
pub const WW_E_TIMEOUT_RESPONSE: ww_status = -134;
/// The peer closed the transport between messages.
pub const WW_E_CLOSED: ww_status = -140;
/// The transport was reset or failed.
pub const WW_E_ABORTED: ww_status = -141;
/// A WebSocket handshake broke RFC 6455 section 4.
pub const WW_E_WS_HANDSHAKE: ww_status = -150;
/// The subprotocol answered is none of those offered, or the field is malformed.
pub const WW_E_WS_SUBPROTOCOL: ww_status = -151;
/// The extensions answered are none of those offered, or the field is malformed.
pub const WW_E_WS_EXTENSION: ww_status = -152;
/// A frame broke RFC 6455 section 5 (close code 1002).
pub const WW_E_WS_FRAME: ww_status = -153;
/// Text is not UTF-8 (close code 1007).
pub const WW_E_WS_TEXT: ww_status = -154;
/// A close code or reason is not allowed.
pub const WW_E_WS_CLOSE: ww_status = -155;
/// Compressed content does not inflate (close code 1007).
pub const WW_E_WS_DEFLATE: ww_status = -156;
/// A Close was sent or received: no message may follow.
pub const WW_E_WS_CLOSING: ww_status = -157;
/// The peer did not answer a Ping or a Close in time.
pub const WW_E_WS_TIMEOUT: ww_status = -158;
/// What came is not a TLS record, or is longer than one may be.
pub const WW_E_TLS_RECORD: ww_status = -170;
/// The peer sent plain HTTP where TLS was expected.
pub const WW_E_TLS_PLAINTEXT_HTTP: ww_status = -171;
/// The peer broke the rules of TLS.
pub const WW_E_TLS_HANDSHAKE: ww_status = -172;
/// No TLS version, cipher suite or other parameter in common with the peer.
pub const WW_E_TLS_INCOMPATIBLE: ww_status = -173;
/// No application protocol in common, or one that was not offered.
pub const WW_E_TLS_ALPN: ww_status = -174;
/// The peer's certificate is missing or not accepted.
pub const WW_E_TLS_VERIFY: ww_status = -175;
/// A record does not decrypt: it was altered, or the keys differ.
pub const WW_E_TLS_DECRYPT: ww_status = -176;
/// The peer ended TLS with an alert.
pub const WW_E_TLS_ALERT: ww_status = -177;
/// The TLS handshake was not done in time.
pub const WW_E_TLS_TIMEOUT: ww_status = -178;
/// A PROXY header is missing or malformed (WW_LISTEN_PROXY).
pub const WW_E_PROXY_HEADER: ww_status = -190;

struct Row {
    status: ww_status,
    name: &'static CStr,
    text: &'static CStr,
}

macro_rules! row {
    ($status:ident, $text:literal) => {
        Row { status: $status, name: terminated(concat!(stringify!($status), "\0")), text: $text }
    };
}

const fn terminated(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("exactly one NUL, at the end"),
    }
}

static ROWS: &[Row] = &[
    row!(WW_OK, c"done"),
    row!(WW_NEED_INPUT, c"more input is needed"),
    row!(WW_PAUSED, c"held back for now"),
    row!(WW_TIMEOUT, c"the given time passed"),
    row!(WW_DONE, c"the end"),
    row!(WW_E_ARGUMENT, c"an argument is null, out of range or of an unknown value"),
    row!(WW_E_STATE, c"the call is not allowed in this state"),
    row!(WW_E_NOMEM, c"memory or its budget is used up"),
    row!(WW_E_BUFFER, c"the output buffer is too small; the size needed was written"),
    row!(WW_E_GONE, c"the connection of this id has ended"),
    row!(WW_E_SYSTEM, c"a system call failed"),
    row!(WW_E_UNSUPPORTED, c"not built in, or not on this platform"),
    row!(WW_E_ENTROPY, c"the source of unpredictable octets gave none"),
    row!(WW_E_UTF8, c"text to be sent is not UTF-8"),
    row!(WW_E_SLOW, c"the connection is too slow for the message"),
    row!(WW_E_LIMIT, c"a limit of the config is reached"),
    row!(WW_E_RESOLVE, c"a host name could not be resolved"),
    row!(WW_E_TLS_CERTIFICATE, c"a certificate chain, its names or its OCSP staple are no good"),
    row!(WW_E_TLS_KEY, c"a private key is no good, or belongs to another certificate"),
    row!(WW_E_TLS_TRUST, c"certificates to trust are no good, or the platform has none"),
    row!(WW_E_STALLED, c"a bug in the library: the connection did not go on"),
    row!(WW_E_PANIC, c"a bug in the library; the handle is poisoned"),
    row!(WW_E_REQUEST_LINE, c"the request line is malformed"),
    row!(WW_E_STATUS_LINE, c"the status line is malformed"),
    row!(WW_E_VERSION, c"not HTTP/1.x"),
    row!(WW_E_LINE_END, c"a line ends in something other than CRLF"),
    row!(WW_E_FIELD_NAME, c"a field name is malformed"),
    row!(WW_E_FIELD_VALUE, c"a field value is malformed"),
    row!(WW_E_TARGET, c"the request target is malformed or of the wrong form for its method"),
    row!(WW_E_HOST, c"Host is missing, repeated or malformed"),
    row!(WW_E_CONTENT_LENGTH, c"Content-Length is malformed or contradicts itself"),
    row!(WW_E_TRANSFER_ENCODING, c"Transfer-Encoding is malformed, unsupported or not allowed here"),
    row!(WW_E_AMBIGUOUS_FRAMING, c"Content-Length and Transfer-Encoding together"),
    row!(WW_E_CHUNK, c"chunked framing is malformed"),
    row!(WW_E_TRAILER, c"the trailer section is malformed"),
    row!(WW_E_TOO_LARGE, c"a limit was crossed"),
    row!(WW_E_TRUNCATED, c"the transport ended inside a message"),
    row!(WW_E_UNEXPECTED_DATA, c"bytes arrived where no message was due"),
    row!(WW_E_UPGRADE, c"an upgrade or CONNECT broke its rules"),
    row!(WW_E_EXPECTATION, c"an expectation other than 100-continue"),
    row!(WW_E_MISDIRECTED, c"the target names another scheme or authority than this connection serves"),
    row!(WW_E_BODY_LENGTH, c"more or fewer content octets than declared"),
    row!(WW_E_NOT_SWITCHED, c"raw bytes before the switch of protocols"),
    row!(WW_E_CLOSING, c"the connection is closing; no further request is possible"),
    row!(WW_E_ENCODING, c"text is not in the encoding that it should be in"),
    row!(WW_E_MULTIPART, c"multipart content is malformed"),
    row!(WW_E_METHOD, c"a method that the config does not take"),
    row!(WW_E_TIMEOUT_HEAD, c"the head did not arrive in time"),
    row!(WW_E_TIMEOUT_BODY, c"the content stalled or came too slowly"),
    row!(WW_E_TIMEOUT_WRITE, c"the peer does not read"),
    row!(WW_E_TIMEOUT_IDLE, c"no request came on a kept-alive connection"),
    row!(WW_E_TIMEOUT_RESPONSE, c"the response did not begin in time"),
    row!(WW_E_CLOSED, c"the peer closed the transport between messages"),
    row!(WW_E_ABORTED, c"the transport was reset or failed"),
    row!(WW_E_WS_HANDSHAKE, c"the WebSocket handshake broke its rules"),
    row!(WW_E_WS_SUBPROTOCOL, c"the subprotocol was not offered or is malformed"),
    row!(WW_E_WS_EXTENSION, c"the extension was not offered or is malformed"),
    row!(WW_E_WS_FRAME, c"a WebSocket frame broke its rules"),
    row!(WW_E_WS_TEXT, c"the text is not UTF-8"),
    row!(WW_E_WS_CLOSE, c"a close code or reason is not allowed"),
    row!(WW_E_WS_DEFLATE, c"compressed content does not inflate"),
    row!(WW_E_WS_CLOSING, c"the WebSocket is closing; no message may follow"),
    row!(WW_E_WS_TIMEOUT, c"a Ping or a Close was not answered in time"),
    row!(WW_E_TLS_RECORD, c"not a TLS record, or too long a one"),
    row!(WW_E_TLS_PLAINTEXT_HTTP, c"the peer sent plain HTTP where TLS was expected"),
    row!(WW_E_TLS_HANDSHAKE, c"the peer broke the rules of TLS"),
    row!(WW_E_TLS_INCOMPATIBLE, c"no TLS version, cipher suite or parameter in common"),
    row!(WW_E_TLS_ALPN, c"no application protocol in common"),
    row!(WW_E_TLS_VERIFY, c"the peer's certificate is missing or not accepted"),
    row!(WW_E_TLS_DECRYPT, c"a TLS record does not decrypt"),
    row!(WW_E_TLS_ALERT, c"the peer ended TLS with an alert"),
    row!(WW_E_TLS_TIMEOUT, c"the TLS handshake was not done in time"),
    row!(WW_E_PROXY_HEADER, c"a PROXY header is missing or malformed"),
];

static UNKNOWN: Row = Row { status: ww_status::MIN, name: c"WW_E_UNKNOWN", text: c"unknown status" };

fn find(status: ww_status) -> &'static Row {
    ROWS.iter().find(|row| row.status == status).unwrap_or(&UNKNOWN)
}

/// Returns the name of `status` as written in this header, as `"WW_E_CHUNK"`, or `"WW_E_UNKNOWN"` for a value it does
/// not define: static, NUL-terminated, never NULL.
///
/// Any thread, any time. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_status_name(status: ww_status) -> *const c_char {
    find(status).name.as_ptr()
}

/// Returns what `status` means in a few words for a log, as `"chunked framing is malformed"`, or `"unknown status"`:
/// static, NUL-terminated, never NULL. The wording may change.
///
/// Any thread, any time. Does not allocate.
#[unsafe(no_mangle)]
pub extern "C" fn ww_status_text(status: ww_status) -> *const c_char {
    find(status).text.as_ptr()
}

#[cfg(test)]
mod tests;
