//! The protocol of one open WebSocket over the codec, in both roles: which frame may come where, what a message is, who has
//! closed.
//!
//! Two [`Side`]s walk the table of [`state`]; [`Incoming`] turns frames into parts of messages, [`Outgoing`] decides what our
//! own frames are. The machine sees octets only as arguments, unmasks them where they lie, holds no buffer, knows no
//! clock and draws no key: bytes, output, deadlines and entropy belong to the connection above it. So does what
//! is compressed: the machine is shown the inflated octets.
//!
//! Uses the codec ([`super::frame`], [`super::mask`], [`super::utf8`], [`super::close`]) and [`crate::guard`]. Never allocates.

mod bits;
mod faults;
mod incoming;
mod message;
mod outgoing;
mod part;
pub mod state;
mod step;
#[cfg(test)]
mod tests;
mod whole;

pub use incoming::Incoming;
pub use message::Message;
pub use outgoing::Outgoing;
pub use part::{Part, Said};
pub use step::{Heard, Step};
pub use whole::hear_whole;

use super::Role;
use state::Side;

/// One WebSocket's protocol state: what comes, and what goes.
#[derive(Clone)]
pub struct Machine {
    incoming: Incoming,
    outgoing: Outgoing,
}

const _: () = assert!(size_of::<Machine>() <= 36);

impl Machine {
    /// A WebSocket whose handshake is over. `deflates`: permessage-deflate was agreed on.
    pub fn new(role: Role, deflates: bool) -> Self {
        let deflates = if deflates { bits::DEFLATES } else { 0 };
        let server = if role == Role::Server { bits::SERVER } else { 0 };
        let lasting = deflates | server;
        Self { incoming: Incoming::new(lasting), outgoing: Outgoing::new(lasting) }
    }

    /// What comes.
    #[inline(always)]
    pub fn incoming(&self) -> &Incoming {
        &self.incoming
    }

    /// What comes, to go on with.
    #[inline(always)]
    pub fn incoming_mut(&mut self) -> &mut Incoming {
        &mut self.incoming
    }

    /// What goes.
    #[inline(always)]
    pub fn outgoing(&self) -> &Outgoing {
        &self.outgoing
    }

    /// What goes, to go on with.
    #[inline(always)]
    pub fn outgoing_mut(&mut self) -> &mut Outgoing {
        &mut self.outgoing
    }

    /// Which side we are.
    #[inline(always)]
    pub fn role(&self) -> Role {
        if self.outgoing.masks() { Role::Client } else { Role::Server }
    }

    /// Where our side stands.
    #[inline]
    pub fn ours(&self) -> Side {
        self.outgoing.side()
    }

    /// Where the peer's side stands.
    #[inline]
    pub fn theirs(&self) -> Side {
        self.incoming.side()
    }

    /// Whether messages go both ways.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.ours() == Side::Open && self.theirs() == Side::Open
    }

    /// Whether neither side has a message under way.
    pub fn is_between_messages(&self) -> bool {
        !self.incoming.message().is_open() && !self.outgoing.is_saying()
    }

    /// Whether this is a server that is between the messages of its peer, and what that says is for the owner.
    #[inline(always)]
    pub fn hears_plainly(&self) -> bool {
        self.incoming.message().is_plain_server() && self.ours() == Side::Open
    }
}
