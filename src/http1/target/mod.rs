//! Request targets and authorities (RFC 9112 §3.2, RFC 3986 §3): which form a target has, what Host may be, and on the
//! client's side the way from a URL to both.
//!
//! Nothing is decoded, normalised or merged: the parts of a target are named where they stand (H1-TGT-03).
//!
//! Uses [`crate::error`] and the octet table. Never allocates.

mod authority;
mod form;
mod known;
#[cfg(test)]
mod tests;
mod url;

pub use authority::{Authority, host_mismatch, is_host, parse_host};
pub use form::{Prefix, TargetForm, classify};
pub use known::KnownHost;
pub use url::{HostText, RequestTarget, Url};

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

/// The schemes that can be asked for over HTTP/1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `http`
    Http,
    /// `https`
    Https,
}

impl Scheme {
    /// The port of an authority that names none.
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }

    /// Takes `http://` or `https://`, in any case, off the start of a URI.
    fn strip(uri: &[u8]) -> Option<(Self, &[u8])> {
        let end = uri.iter().position(|&octet| octet == b':')?;
        let (scheme, rest) = uri.split_at(end);
        let rest = rest.strip_prefix(b"://")?;
        let scheme = match scheme {
            _ if scheme.eq_ignore_ascii_case(b"http") => Self::Http,
            _ if scheme.eq_ignore_ascii_case(b"https") => Self::Https,
            _ => return None,
        };
        Some((scheme, rest))
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
