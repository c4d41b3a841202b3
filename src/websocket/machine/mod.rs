//! The protocol of one open WebSocket, on top of the codec, in both roles: which frame may follow which, the state of
//! messages, and the closing handshake.
//!
//! [`Side`] has the states of both sides, as a table. [`Incoming`] turns frames into message parts; [`Outgoing`] plans
//! our frames. The machine takes octets as arguments and unmasks them in place. It has no buffer, clock or random
//! source: input, output, deadlines and entropy belong to the connection above it. The connection also inflates
//! compressed parts and passes the result back for checking.
//!
//! Uses the codec ([`super::frame`], [`super::mask`], [`super::utf8`], [`super::close`]) and [`crate::guard`]. Never allocates.

mod bits;
mod fast;
mod faults;
mod incoming;
mod message;
mod outgoing;
mod part;
pub mod state;
mod step;
#[cfg(test)]
mod tests;

pub use fast::{SHORT_HEADER, recv_fast, write_fast};
pub use incoming::Incoming;
pub use message::Message;
pub use outgoing::Outgoing;
pub use part::{Part, PlannedFrame};
pub use step::{MessagePart, Step};

use super::Role;
use state::Side;

/// One WebSocket's protocol state.
#[derive(Clone)]
pub struct Machine {
    incoming: Incoming,
    outgoing: Outgoing,
}

const _: () = assert!(size_of::<Machine>() <= 36);

impl Machine {
    /// A WebSocket after its handshake. `deflates`: permessage-deflate was agreed.
    pub fn new(role: Role, deflates: bool) -> Self {
        let deflates = if deflates { bits::DEFLATES } else { 0 };
        let server = if role == Role::Server { bits::SERVER } else { 0 };
        let lasting = deflates | server;
        Self { incoming: Incoming::new(lasting), outgoing: Outgoing::new(lasting) }
    }

    /// The receiving half.
    #[inline(always)]
    pub fn incoming(&self) -> &Incoming {
        &self.incoming
    }

    /// The receiving half, mutable.
    #[inline(always)]
    pub fn incoming_mut(&mut self) -> &mut Incoming {
        &mut self.incoming
    }

    /// The sending half.
    #[inline(always)]
    pub fn outgoing(&self) -> &Outgoing {
        &self.outgoing
    }

    /// The sending half, mutable.
    #[inline(always)]
    pub fn outgoing_mut(&mut self) -> &mut Outgoing {
        &mut self.outgoing
    }

    /// Our role.
    #[inline(always)]
    pub fn role(&self) -> Role {
        if self.outgoing.masks() { Role::Client } else { Role::Server }
    }

    /// The state of our side.
    #[inline]
    pub fn our_side(&self) -> Side {
        self.outgoing.side()
    }

    /// The state of the peer's side.
    #[inline]
    pub fn peer_side(&self) -> Side {
        self.incoming.side()
    }

    /// Whether both sides may send messages.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.our_side() == Side::Open && self.peer_side() == Side::Open
    }

    /// Whether no message is in progress in either direction.
    pub fn is_between_messages(&self) -> bool {
        !self.incoming.message().is_open() && !self.outgoing.is_within_message()
    }

    /// Whether this is an open server between two of the peer's messages: [`recv_fast`] may be tried.
    #[inline(always)]
    pub fn may_recv_fast(&self) -> bool {
        self.incoming.message().is_idle_server() && self.our_side() == Side::Open
    }
}
