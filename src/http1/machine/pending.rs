//! What was asked and not yet answered: responses are matched to requests in order, each framed by its own request's method.

use crate::http1::framing::AnsweredMethod;

/// What a response needs to know of its request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestFacts(u8);

impl RequestFacts {
    const HEAD: u8 = 1;
    const CONNECT: u8 = 2;
    const UPGRADE: u8 = 4;
    const UNSAFE_TO_FOLLOW: u8 = 8;

    /// The facts of a request.
    pub fn new(head: bool, connect: bool, upgrade: bool, idempotent: bool) -> Self {
        Self(
            (u8::from(head) * Self::HEAD)
                | (u8::from(connect) * Self::CONNECT)
                | (u8::from(upgrade) * Self::UPGRADE)
                | (u8::from(!idempotent) * Self::UNSAFE_TO_FOLLOW),
        )
    }

    /// What the framing of the response depends on.
    pub fn method(self) -> AnsweredMethod {
        match self.0 & (Self::HEAD | Self::CONNECT) {
            0 => AnsweredMethod::Other,
            Self::HEAD => AnsweredMethod::Head,
            _ => AnsweredMethod::Connect,
        }
    }

    /// Whether the request offers an Upgrade.
    pub fn offers_upgrade(self) -> bool {
        self.0 & Self::UPGRADE != 0
    }

    /// Whether another request may be pipelined behind this one (RFC 9112 §9.3.2).
    pub fn may_be_followed(self) -> bool {
        self.0 & (Self::UNSAFE_TO_FOLLOW | Self::CONNECT | Self::UPGRADE) == 0
    }
}

/// A queue of at most [`Pending::MAX`] requests, four bits each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pending {
    /// The oldest request in the lowest four bits of the first octet. Octets, so that the queue fits between its neighbours.
    bits: [u8; 8],
    len: u8,
}

impl Pending {
    /// The deepest pipeline.
    pub const MAX: u8 = 16;

    /// None.
    pub const NONE: Self = Self { bits: [0; 8], len: 0 };

    /// Whether no request waits for its response.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Requests that wait for their responses.
    pub fn len(&self) -> u8 {
        self.len
    }

    /// The request the next response answers; the default when there is none.
    pub fn first(&self) -> RequestFacts {
        RequestFacts(self.bits[0] & 15)
    }

    /// The latest request; the default when there is none.
    pub fn last(&self) -> RequestFacts {
        RequestFacts((u64::from_le_bytes(self.bits) >> (4 * self.len.saturating_sub(1)) & 15) as u8)
    }

    /// Adds a request; `false` when the queue is full.
    pub fn push(&mut self, asked: RequestFacts) -> bool {
        if self.len == Self::MAX {
            return false;
        }
        self.bits[usize::from(self.len / 2)] |= asked.0 << (4 * (self.len % 2));
        self.len += 1;
        true
    }

    /// The first request was answered.
    pub fn pop(&mut self) {
        self.bits = (u64::from_le_bytes(self.bits) >> 4).to_le_bytes();
        self.len = self.len.saturating_sub(1);
    }

    /// Whether every request in the queue may be followed by another.
    pub fn may_be_followed(&self) -> bool {
        let bits = u64::from_le_bytes(self.bits);
        (0..self.len).all(|i| RequestFacts(((bits >> (4 * i)) & 15) as u8).may_be_followed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h1_conn_11_fifo() {
        let get = RequestFacts::new(false, false, false, true);
        let head = RequestFacts::new(true, false, false, true);
        let mut pending = Pending::default();
        for asked in [get, head, get] {
            assert!(pending.push(asked));
        }
        assert_eq!(pending.first().method(), AnsweredMethod::Other);
        pending.pop();
        assert_eq!(pending.first().method(), AnsweredMethod::Head);
        pending.pop();
        assert_eq!(pending.first().method(), AnsweredMethod::Other);
        pending.pop();
        assert!(pending.is_empty());
        (0..Pending::MAX).for_each(|_| assert!(pending.push(head)));
        assert!(!pending.push(get));
    }

    #[test]
    fn h1_conn_13_nothing_behind_a_post() {
        let mut pending = Pending::default();
        pending.push(RequestFacts::new(false, false, false, true));
        assert!(pending.may_be_followed());
        pending.push(RequestFacts::new(false, false, false, false));
        assert!(!pending.may_be_followed());
    }
}
