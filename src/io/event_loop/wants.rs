//! What a socket waits for, as far as the loop knows it.

use crate::io::driver::{Interest, Readiness};

/// Input, of sockets for datagrams, for which the driver has readiness only; room, of all that send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wants {
    pub input: bool,
    /// One [`Event::Sent`](super::Event::Sent) is to come, and no send before it.
    pub room: bool,
    /// It comes even if nobody waits for it any more: the driver holds the send.
    pub held: bool,
    /// Room was told last: if there is input as well, it is its turn.
    pub told_room: bool,
    /// The next receive has news of an earlier datagram, of which the socket's readiness does not tell.
    pub news: bool,
}

impl Wants {
    /// Whether room is told now, given what a socket is ready for. If there is input as well, they are told by turns.
    pub fn take_room(&mut self, is: Readiness) -> bool {
        let is_inputs_turn = self.told_room && self.input && is.readable;
        if !self.room || !is.writable || is_inputs_turn {
            return false;
        }
        (self.room, self.told_room) = (false, true);
        true
    }

    /// Whether datagrams are received now.
    pub fn take_input(&mut self) -> bool {
        (self.told_room, self.news) = (false, false);
        self.input
    }

    /// The readiness of a socket for datagrams to wait for; `None`: nothing.
    pub fn interest(self) -> Option<Interest> {
        match (self.input, self.room || self.input && self.news) {
            (true, true) => Some(Interest::READABLE | Interest::WRITABLE),
            (true, false) => Some(Interest::READABLE),
            (false, true) => Some(Interest::WRITABLE),
            (false, false) => None,
        }
    }
}
