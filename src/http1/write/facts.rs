//! Framing facts of the fields of a head to send.

/// Facts of the fields of a head to send. The machine decides what they mean; only what no message may contain is
/// refused here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldFacts {
    /// Length of all field lines, including CRLF.
    pub octets: usize,
    /// The Content-Length among them.
    pub length: Option<u64>,
    /// `FieldFacts::*` bits.
    pub flags: u32,
}

impl FieldFacts {
    /// Content-Length is present; [`FieldFacts::length`] holds it.
    pub const LENGTH: u32 = 1 << 0;
    /// Transfer-Encoding is present, and is `chunked`.
    pub const CHUNKED: u32 = 1 << 1;
    /// Connection is present.
    pub const CONNECTION: u32 = 1 << 2;
    /// Connection has `close`.
    pub const CLOSE: u32 = 1 << 3;
    /// Connection has `keep-alive`.
    pub const KEEP_ALIVE: u32 = 1 << 4;
    /// Connection has `upgrade`.
    pub const CONNECTION_UPGRADE: u32 = 1 << 5;
    /// Connection has `TE`.
    pub const CONNECTION_TE: u32 = 1 << 6;
    /// Upgrade is present.
    pub const UPGRADE: u32 = 1 << 7;
    /// TE is present.
    pub const TE: u32 = 1 << 8;
    /// Trailer is present.
    pub const TRAILER: u32 = 1 << 9;
    /// Date is present.
    pub const DATE: u32 = 1 << 10;
    /// Host is present.
    pub const HOST: u32 = 1 << 11;
    /// Host is repeated or malformed.
    pub const HOST_INVALID: u32 = 1 << 12;
    /// Expect is present.
    pub const EXPECT: u32 = 1 << 13;
    /// Allow is present.
    pub const ALLOW: u32 = 1 << 14;
    /// WWW-Authenticate is present.
    pub const WWW_AUTHENTICATE: u32 = 1 << 15;
    /// Proxy-Authenticate is present.
    pub const PROXY_AUTHENTICATE: u32 = 1 << 16;

    /// Whether any of `flags` is set.
    pub const fn has(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }
}
