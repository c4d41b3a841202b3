//! Requests without a final response. Responses match requests in order, and each is framed by its request's method.

use crate::http1::framing::RequestMethod;

/// The facts of a request that its response depends on.
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

    /// The method, for the framing of the response.
    pub fn method(self) -> RequestMethod {
        match self.0 & (Self::HEAD | Self::CONNECT) {
            0 => RequestMethod::Other,
            Self::HEAD => RequestMethod::Head,
            _ => RequestMethod::Connect,
        }
    }

    /// Whether the request offers an Upgrade.
    pub fn offers_upgrade(self) -> bool {
        self.0 & Self::UPGRADE != 0
    }

    /// Whether another request may be pipelined after this one (RFC 9112 §9.3.2).
    pub fn may_be_followed(self) -> bool {
        self.0 & (Self::UNSAFE_TO_FOLLOW | Self::CONNECT | Self::UPGRADE) == 0
    }
}

/// A queue of at most [`Pending::MAX`] requests, four bits each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pending {
    /// The oldest request is in the lowest four bits of the first octet. Octets, to fit between its neighbours in
    /// memory.
    bits: [u8; 8],
    len: u8,
}

impl Pending {
    /// Maximum pipeline depth.
    pub const MAX: u8 = 16;

    /// Empty.
    pub const NONE: Self = Self { bits: [0; 8], len: 0 };

    /// Whether every request has its response.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number of requests without a response.
    pub fn len(&self) -> u8 {
        self.len
    }

    /// The request of the next response; the default if there is none.
    pub fn first(&self) -> RequestFacts {
        RequestFacts(self.bits[0] & 15)
    }

    /// The latest request; the default if there is none.
    pub fn last(&self) -> RequestFacts {
        RequestFacts((u64::from_le_bytes(self.bits) >> (4 * self.len.saturating_sub(1)) & 15) as u8)
    }

    /// Adds a request; `false` if the queue is full.
    pub fn push(&mut self, asked: RequestFacts) -> bool {
        if self.len == Self::MAX {
            return false;
        }
        self.bits[usize::from(self.len / 2)] |= asked.0 << (4 * (self.len % 2));
        self.len += 1;
        true
    }

    /// Removes the first request, which has its response now.
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
        assert_eq!(pending.first().method(), RequestMethod::Other);
        pending.pop();
        assert_eq!(pending.first().method(), RequestMethod::Head);
        pending.pop();
        assert_eq!(pending.first().method(), RequestMethod::Other);
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
