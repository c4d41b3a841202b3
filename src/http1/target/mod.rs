//! Request targets and authorities (RFC 9112 §3.2, RFC 3986 §3): the form of a target, the syntax of Host, and, for
//! clients, both from a URL.
//!
//! Never decodes or normalises: the parts of a target are ranges of it (H1-TGT-03).
//!
//! Uses [`crate::error`] and the octet table. Never allocates.

mod authority;
mod form;
mod host_cache;
mod parts;
mod sent;
#[cfg(test)]
mod tests;
mod url;

pub use authority::{Authority, host_mismatch, is_host, parse_host};
pub use form::{Prefix, TargetForm, classify};
pub use host_cache::HostCache;
pub use parts::TargetParts;
pub use sent::{HostText, RequestTarget};
pub use url::Url;

use super::octet::{self, HEXDIG};

/// The methods that allow special forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// CONNECT.
    Connect,
    /// OPTIONS.
    Options,
    /// Any other.
    Other,
}

impl MethodKind {
    /// The kind of a method, case-sensitively (RFC 9110 §9.1).
    pub fn of(method: &[u8]) -> Self {
        match method {
            b"CONNECT" => Self::Connect,
            b"OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }
}

/// The schemes of HTTP/1.1 and WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `http`
    Http,
    /// `https`
    Https,
    /// `ws` (RFC 6455 §3). Only in URLs, never in a target.
    Ws,
    /// `wss`, likewise.
    Wss,
}

impl Scheme {
    const ALL: [Self; 4] = [Self::Http, Self::Https, Self::Ws, Self::Wss];

    /// Whether it uses TLS.
    pub const fn is_secure(self) -> bool {
        matches!(self, Self::Https | Self::Wss)
    }

    /// Whether it names a WebSocket.
    pub const fn is_websocket(self) -> bool {
        matches!(self, Self::Ws | Self::Wss)
    }

    /// The default port.
    pub const fn default_port(self) -> u16 {
        if self.is_secure() { 443 } else { 80 }
    }

    /// The start of a URI with this scheme.
    const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Http => b"http://",
            Self::Https => b"https://",
            Self::Ws => b"ws://",
            Self::Wss => b"wss://",
        }
    }

    /// Strips the scheme, case-insensitively, and `://` from a URI.
    fn strip(uri: &[u8]) -> Option<(Self, &[u8])> {
        Self::ALL.into_iter().find_map(|scheme| {
            let (start, rest) = uri.split_at_checked(scheme.prefix().len())?;
            start.eq_ignore_ascii_case(scheme.prefix()).then_some((scheme, rest))
        })
    }
}

/// A range of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Offset of the part.
    pub offset: usize,
    /// Length of the part.
    pub len: usize,
}

impl Part {
    /// The octets of the part; empty if out of range.
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.offset..).and_then(|rest| rest.get(..self.len)).unwrap_or_default()
    }
}

/// Splits the text after `://` into the authority and the remainder, which is empty or starts with `/`, `?` or `#`.
fn split_authority(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|octet| matches!(octet, b'/' | b'?' | b'#'));
    text.split_at(end.unwrap_or(text.len()))
}

/// The index of the first octet that is not in `classes`, skipping complete percent-escapes.
fn find_bad(text: &[u8], classes: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(&octet) = text.get(at) {
        at += match octet {
            _ if octet::is(octet, classes) => 1,
            b'%' if is_escape(&text[at..]) => 3,
            _ => return Some(at),
        };
    }
    None
}

fn is_escape(text: &[u8]) -> bool {
    matches!(text, [_, high, low, ..] if octet::is(*high, HEXDIG) && octet::is(*low, HEXDIG))
}
