//! All errors: the code of an [`Error`] is the C status of the same name.
//!
//! A [`Fault`] is a `static` with everything except the place: code, status of the response, rule of the protocol
//! ledger, and a readable reason. An [`Error`] is a fault and the offset of the first offending octet, two words, so a
//! connection can store its last one.
//!
//! Uses nothing. Never allocates or formats.

use core::ffi::CStr;
use core::fmt;

/// The code of an error. Values are part of the C ABI: append, never renumber.
///
/// `-1..=-99` are the caller's errors (nothing was done); `-100` and below are the peer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Code {
    /// An argument is null, out of range or of an unknown value.
    Argument = -1,
    /// The call is not allowed in this state (ledger: Misuse).
    State = -2,
    /// Memory or its budget is used up.
    Nomem = -3,
    /// The output buffer is too small; the size needed was written.
    Buffer = -4,
    /// The connection of this id has ended.
    Gone = -5,
    /// A system call failed.
    System = -6,
    /// Not built in, or not on this platform.
    Unsupported = -7,
    /// The source of unpredictable octets gave none.
    Entropy = -8,
    /// Text to be sent is not UTF-8.
    Utf8 = -9,
    /// The connection is slow, and its queue has no room for the message.
    Slow = -10,
    /// A limit of the config on what the caller may do is reached.
    Limit = -11,
    /// A host name could not be resolved.
    Resolve = -12,
    /// A certificate chain of one's own, its names or its OCSP staple are no good.
    TlsCertificate = -20,
    /// A private key is no good, or belongs to another certificate.
    TlsKey = -21,
    /// Certificates to trust are no good, or the platform has none.
    TlsTrust = -22,
    /// A bug in the library: a connection said that it could go on, and did not.
    Stalled = -98,
    /// A bug in the library; the handle is poisoned.
    Panic = -99,
    /// The request line is malformed.
    RequestLine = -100,
    /// The status line is malformed.
    StatusLine = -101,
    /// Not HTTP/1.x.
    Version = -102,
    /// A line ends in something other than CRLF.
    LineEnd = -103,
    /// A field name is malformed.
    FieldName = -104,
    /// A field value is malformed.
    FieldValue = -105,
    /// The request target is malformed or of the wrong form for its method.
    Target = -106,
    /// Host is missing, repeated or malformed.
    Host = -107,
    /// Content-Length is malformed or contradicts itself.
    ContentLength = -108,
    /// Transfer-Encoding is malformed, unsupported or not allowed here.
    TransferEncoding = -109,
    /// Content-Length and Transfer-Encoding together.
    AmbiguousFraming = -110,
    /// Chunked framing is malformed.
    Chunk = -111,
    /// The trailer section is malformed.
    Trailer = -112,
    /// A limit was crossed.
    TooLarge = -113,
    /// The transport ended inside a message.
    Truncated = -114,
    /// Bytes arrived where no message was due.
    UnexpectedData = -115,
    /// An upgrade or CONNECT broke its rules.
    Upgrade = -116,
    /// An expectation other than 100-continue.
    Expectation = -117,
    /// The target names another scheme or authority than this connection serves.
    Misdirected = -118,
    /// More or fewer content octets than declared.
    BodyLength = -119,
    /// Raw bytes before the switch of protocols.
    NotSwitched = -120,
    /// The connection is closing; no further request is possible.
    Closing = -121,
    /// Text is not in the encoding that it should be in: percent-escapes, base64.
    Encoding = -122,
    /// Multipart content is malformed.
    Multipart = -123,
    /// A method that the config does not take: CONNECT.
    Method = -124,
    /// The head did not arrive in time.
    TimeoutHead = -130,
    /// The content stalled or came too slowly.
    TimeoutBody = -131,
    /// The peer does not read.
    TimeoutWrite = -132,
    /// No request came on a kept-alive connection.
    TimeoutIdle = -133,
    /// The response to a request did not begin in time.
    TimeoutResponse = -134,
    /// The peer closed the transport between messages.
    Closed = -140,
    /// The transport was reset or failed.
    Aborted = -141,
    /// A WebSocket handshake broke RFC 6455 §4.
    WsHandshake = -150,
    /// The subprotocol answered is none of those offered, or the field is malformed.
    WsSubprotocol = -151,
    /// The extensions answered are none of those offered, or the field is malformed.
    WsExtension = -152,
    /// A frame broke RFC 6455 §5 (close code 1002).
    WsFrame = -153,
    /// Text is not UTF-8 (close code 1007).
    WsText = -154,
    /// A close code or reason is not allowed.
    WsClose = -155,
    /// Compressed content does not inflate (close code 1007).
    WsDeflate = -156,
    /// A Close was sent or received: no message may follow.
    WsClosing = -157,
    /// The peer did not answer a Ping or a Close in time.
    WsTimeout = -158,
    /// What came is not a TLS record, or is longer than one may be.
    TlsRecord = -170,
    /// Plain HTTP where TLS was expected.
    TlsPlaintextHttp = -171,
    /// The peer broke the rules of TLS.
    TlsHandshake = -172,
    /// No TLS version, cipher suite or other parameter in common with the peer.
    TlsIncompatible = -173,
    /// No application protocol in common, or one that was not offered.
    TlsAlpn = -174,
    /// The peer's certificate is missing or not accepted.
    TlsVerify = -175,
    /// A record does not decrypt: it was altered, or the keys differ.
    TlsDecrypt = -176,
    /// The peer ended TLS with an alert.
    TlsAlert = -177,
    /// The TLS handshake was not done in time.
    TlsTimeout = -178,
    /// A PROXY header is missing or malformed.
    ProxyHeader = -190,
}

/// Everything about an error except its place.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The kind of error.
    pub code: Code,
    /// The status of a server's response, or the WebSocket close code; 0 if there is none.
    pub status: u16,
    /// The rule of the protocol ledger (`docs/protocol.md`), such as `H1-LINE-07`. NUL-terminated for C.
    pub rule: &'static CStr,
    /// One sentence for a log.
    pub reason: &'static CStr,
}

impl Fault {
    /// A fault with all its parts, for the tables of the protocol modules.
    pub const fn new(code: Code, status: u16, rule: &'static CStr, reason: &'static CStr) -> Self {
        Self { code, status, rule, reason }
    }

    /// The error of this fault at `offset` octets into the input of the call (or of the message; see the callee).
    pub const fn at(&'static self, offset: u64) -> Error {
        Error { fault: self, offset }
    }
}

/// A fault and the offset of the first offending octet.
#[derive(Clone, Copy)]
pub struct Error {
    /// The fault.
    pub fault: &'static Fault,
    /// The offset in the input of the call.
    pub offset: u64,
}

impl Error {
    /// The code of the fault.
    pub const fn code(&self) -> Code {
        self.fault.code
    }
}

impl PartialEq for Error {
    fn eq(&self, other: &Self) -> bool {
        self.fault == other.fault && self.offset == other.offset
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.fault.rule.to_str().unwrap_or_default();
        write!(f, "{:?}@{} ({rule})", self.fault.code, self.offset)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.fault.reason.to_str().unwrap_or_default();
        write!(f, "{reason} at octet {}", self.offset)
    }
}

impl core::error::Error for Error {}
