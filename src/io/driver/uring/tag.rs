//! What a request's completion is about.

use crate::narrow::{low_half, two_octets};

/// The kinds of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// None: one of our own, for what was kept.
    Kept,
    Receive,
    Send,
    /// A send of octets that are lent. It has another completion when they are released.
    Lend,
    Accept,
    /// Room to send, or the end of a connect.
    Output,
    /// The end of the peer, or a failure, while nothing is received.
    Watch,
    /// Readiness that the owner asked for.
    Poll,
    /// The driver's waker.
    Waker,
    /// None: what is left of a completion that was taken out of the batch.
    Nobody,
}

const KINDS: [Kind; 10] = [
    Kind::Kept,
    Kind::Receive,
    Kind::Send,
    Kind::Lend,
    Kind::Accept,
    Kind::Output,
    Kind::Watch,
    Kind::Poll,
    Kind::Waker,
    Kind::Nobody,
];

/// A socket's index, a kind, and for polls and sends that lend which of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub index: u32,
    pub kind: Kind,
    pub serial: u16,
}

impl Tag {
    /// That of no request.
    pub const NOBODY: Self = Self { index: u32::MAX, kind: Kind::Nobody, serial: 0 };
    /// That of the waker, which belongs to no socket.
    pub const WAKER: Self = Self { index: u32::MAX, kind: Kind::Waker, serial: 0 };

    #[inline]
    pub fn new(index: u32, kind: Kind) -> Self {
        Self { index, kind, serial: 0 }
    }

    #[inline]
    pub fn number(self) -> u64 {
        u64::from(self.index) | u64::from(self.kind as u8) << 32 | u64::from(self.serial) << 48
    }

    #[inline]
    pub fn of(number: u64) -> Self {
        let kind = KINDS.get((number >> 32 & 0xff) as usize).copied().unwrap_or(Kind::Nobody);
        Self { index: low_half(number), kind, serial: two_octets((number >> 48) as usize) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_read_as_it_was_written() {
        for (at, kind) in KINDS.into_iter().enumerate() {
            assert_eq!(usize::from(kind as u8), at);
            let tag = Tag { index: u32::MAX - 5, kind, serial: 0xfffe };
            assert_eq!(Tag::of(tag.number()), tag);
        }
        assert_eq!(Tag::of(u64::MAX).kind, Kind::Nobody, "one that is no kind");
    }
}
