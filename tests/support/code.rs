//! The names of codes, as the cases have them.

use wireway::error::Code;

macro_rules! codes {
    ($($name:ident)*) => { const CODES: &[(i32, &str)] = &[$((Code::$name as i32, stringify!($name))),*]; };
}
codes! {
    Argument State Nomem Buffer Gone System Unsupported Stalled Panic RequestLine StatusLine Version LineEnd FieldName FieldValue
    Target Host ContentLength TransferEncoding AmbiguousFraming Chunk Trailer TooLarge Truncated UnexpectedData Upgrade
    Expectation Misdirected BodyLength NotSwitched Closing Method WsHandshake TimeoutHead TimeoutBody TimeoutWrite TimeoutIdle
    TimeoutResponse Closed Aborted Entropy Utf8 WsHandshake WsSubprotocol WsExtension WsFrame WsText WsClose WsDeflate WsClosing WsTimeout
    TlsRecord TlsPlaintextHttp TlsHandshake TlsIncompatible TlsAlpn TlsVerify TlsDecrypt TlsAlert
}

const PLAIN: [&str; 5] = ["Ok", "NeedInput", "Paused", "Timeout", "Done"];

/// Whether [`code_name`] may answer this.
pub fn is_code_name(name: &str) -> bool {
    PLAIN.contains(&name) || CODES.iter().any(|entry| entry.1 == name)
}

/// The name of a status of the C API: a `Code`, or `Ok`, `Paused`, …
pub fn code_name(code: i32) -> String {
    let named = CODES.iter().find(|entry| entry.0 == code).map(|entry| entry.1);
    let positive = || usize::try_from(code).ok().and_then(|at| PLAIN.get(at).copied());
    named.or_else(positive).map_or_else(|| format!("Code({code})"), String::from)
}
