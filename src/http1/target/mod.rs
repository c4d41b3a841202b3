//! Request targets and authorities (RFC 9112 §3.2, RFC 3986 §3): which form a target has, what Host may be, and on the
//! client's side the way from a URL to both.
//!
//! Nothing is decoded, normalised or merged: the parts of a target are named where they stand (H1-TGT-03).
//!
//! Uses [`crate::error`] and the octet table. Never allocates.

mod authority;
mod form;
mod known;
mod parts;
mod sent;
#[cfg(test)]
mod tests;
mod url;

pub use authority::{Authority, host_mismatch, is_host, parse_host};
pub use form::{Prefix, TargetForm, classify};
pub use known::KnownHost;
pub use parts::TargetParts;
pub use sent::{HostText, RequestTarget};
pub use url::Url;

use super::octet::{self, HEXDIG};

/// The methods that the forms of a target depend on.
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
    /// The kind of a method; methods are case-sensitive (RFC 9110 §9.1).
    pub fn of(method: &[u8]) -> Self {
        match method {
            b"CONNECT" => Self::Connect,
            b"OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }
}

/// The schemes of what is reached over HTTP/1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `http`
    Http,
    /// `https`
    Https,
    /// `ws` (RFC 6455 §3): of URLs only, never of a target.
    Ws,
    /// `wss`, likewise.
    Wss,
}

impl Scheme {
    const ALL: [Self; 4] = [Self::Http, Self::Https, Self::Ws, Self::Wss];

    /// Whether it is spoken over TLS.
    pub const fn is_secure(self) -> bool {
        matches!(self, Self::Https | Self::Wss)
    }

    /// Whether it names a WebSocket.
    pub const fn is_websocket(self) -> bool {
        matches!(self, Self::Ws | Self::Wss)
    }

    /// The port of an authority that names none.
    pub const fn default_port(self) -> u16 {
        if self.is_secure() { 443 } else { 80 }
    }

    /// What a URI of this scheme begins with.
    const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Http => b"http://",
            Self::Https => b"https://",
            Self::Ws => b"ws://",
            Self::Wss => b"wss://",
        }
    }

    /// Takes scheme and `://`, in any case, off the start of a URI.
    fn strip(uri: &[u8]) -> Option<(Self, &[u8])> {
        Self::ALL.into_iter().find_map(|scheme| {
            let (start, rest) = uri.split_at_checked(scheme.prefix().len())?;
            start.eq_ignore_ascii_case(scheme.prefix()).then_some((scheme, rest))
        })
    }
}

/// A part of a text, as an offset into it and a length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Octets before the part.
    pub offset: usize,
    /// Octets of the part.
    pub len: usize,
}

impl Part {
    /// The part itself. Empty when it does not lie within `text`.
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.offset..).and_then(|rest| rest.get(..self.len)).unwrap_or_default()
    }
}

/// Splits what follows `://` into authority and the rest, which is empty or starts in `/`, `?` or `#`.
fn split_authority(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|octet| matches!(octet, b'/' | b'?' | b'#'));
    text.split_at(end.unwrap_or(text.len()))
}

/// The index of the first octet that is neither of `classes` nor the start of a whole percent-escape, which is skipped.
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
