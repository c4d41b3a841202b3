//! A parsed head.

use crate::conn::event::Window;
use crate::conn::place::Place;
use crate::http1::head::{Octets, RequestHead};

/// The kinds of head a slab can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadKind {
    /// Nothing yet.
    #[default]
    None,
    /// A request head.
    Request,
    /// A response head, interim or final.
    Response,
    /// A trailer section.
    Trailers,
}

/// A parsed head: ranges and fields are relative to `base` in `window`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// The kind of head.
    pub kind: HeadKind,
    /// The window.
    pub window: Window,
    /// The offset in the window.
    pub base: u32,
    /// The parser's result. A response has only octets and a version; trailers only octets.
    pub parsed: RequestHead,
    /// Response: the reason phrase.
    pub reason: Octets,
    /// The authority of the request: that of its target, or else Host.
    pub authority: Octets,
    /// Response: the status.
    pub status: u16,
    /// `Summary::*` bits, and `Head::*` facts of the connection.
    pub flags: u32,
    /// The declared length of the content.
    pub content_length: Option<u64>,
}

impl Head {
    /// What is not parsed of a request in the lend.
    #[inline(always)]
    pub fn begin_request(&mut self, base: u32, authority: Octets) {
        (self.kind, self.window, self.base) = (HeadKind::Request, Window::Lent, base);
        (self.authority, self.reason, self.status) = (authority, Octets::default(), 0);
        (self.flags, self.content_length) = (self.parsed.summary.flags, None);
    }

    #[inline]
    /// Of a request.
    pub fn of_request(place: Place, parsed: &RequestHead, authority: Octets) -> Self {
        Self {
            kind: HeadKind::Request,
            window: place.window,
            base: place.base,
            parsed: *parsed,
            authority,
            flags: parsed.summary.flags,
            ..Self::default()
        }
    }
}
