//! The state of one open WebSocket.

#[cfg(feature = "deflate")]
use super::deflate_state::DeflateState;
use crate::conn::delivery::Delivery;
use crate::conn::workspace::{Index, NONE};
use crate::websocket::Role;
use crate::websocket::extension::Deflate;
use crate::websocket::machine::Machine;

/// One open WebSocket.
pub struct Socket {
    pub(in crate::conn) machine: Machine,
    /// A Pong that waits for room in the queue: a block of its own.
    pub(super) pong: Index,
    #[cfg(feature = "deflate")]
    pub(super) deflate: DeflateState,
}

/// The WebSocket takes the place of the HTTP exchange.
const _: () = assert!(size_of::<Socket>() <= 56);

impl Socket {
    /// A WebSocket whose handshake is complete.
    pub fn new(role: Role, deflate: Option<Deflate>, delivery: Delivery) -> Self {
        let mut machine = Machine::new(role, deflate.is_some());
        if delivery == Delivery::Parts {
            machine.incoming_mut().message_mut().want_parts();
        }
        Self {
            machine,
            pong: NONE,
            #[cfg(feature = "deflate")]
            deflate: DeflateState::new(deflate),
        }
    }

    /// Whether parts of messages are shown as they arrive.
    #[inline(always)]
    pub(super) fn wants_parts(&self) -> bool {
        self.machine.incoming().message().wants_parts()
    }

    /// The maximum length of a compressed message that refers to nothing beyond the peer's window; `None`: none may be
    /// sent.
    #[cfg(feature = "deflate")]
    pub(super) fn inflatable(&self) -> Option<usize> {
        self.machine.outgoing().deflates().then_some(1 << self.deflate.terms.our_window_bits)
    }

    /// No compressed message may be sent.
    #[cfg(not(feature = "deflate"))]
    #[allow(clippy::unused_self, reason = "as with permessage-deflate")]
    pub(super) fn inflatable(&self) -> Option<usize> {
        None
    }

    /// Memory of its permessage-deflate codecs, in octets.
    #[cfg(feature = "deflate")]
    pub fn deflate_memory(&self) -> usize {
        self.deflate.memory()
    }

    /// No codecs.
    #[cfg(not(feature = "deflate"))]
    #[allow(clippy::unused_self, reason = "as with permessage-deflate")]
    pub fn deflate_memory(&self) -> usize {
        0
    }
}
