//! A connection that was switched to WebSocket: the handshake over HTTP/1.1 heads, frames in and out, the two Closes.
//!
//! The protocol is [`crate::websocket::machine`]'s; here its octets meet windows, queue, clocks and the generator of keys. The state
//! lies where that of exchanges was ([`Machine::keep`](crate::http1::machine::Machine::keep)), so an idle WebSocket is no larger than an idle
//! HTTP connection.

mod accept;
mod close;
mod connect;
mod control;
#[cfg(feature = "deflate")]
mod deflate;
#[cfg(feature = "deflate")]
mod inflate;
mod message;
mod offer;
#[cfg(feature = "deflate")]
mod packing;
mod prepared;
mod receive;
mod short;
mod whole;

pub use accept::Accept;
pub use connect::Connect;
pub(super) use offer::keep_handshake;
pub use prepared::Prepared;
pub use short::Lane;

#[cfg(feature = "deflate")]
use packing::Packing;

use super::Conn;
use super::workspace::{Index, NONE, Workspace};
use crate::error::{Code, Error, Fault};
use crate::http1::machine;
use crate::websocket::Role;
use crate::websocket::extension::Deflate;
use crate::websocket::machine::Machine;
#[cfg(feature = "service")]
use crate::websocket::machine::state::Side;

static NO_WEBSOCKET: Fault = Fault::new(Code::State, 0, c"WS-HSC-10", c"no WebSocket is open on this connection");
/// The error of a call that needs one.
const NOT_OPEN: Error = NO_WEBSOCKET.at(0);

/// One open WebSocket.
#[derive(Clone)]
pub struct Socket {
    pub(super) machine: Machine,
    /// A Pong that waits for room in the queue: a block of its own.
    pong: Index,
    #[cfg(feature = "deflate")]
    packing: Packing,
}

/// It takes the place of the exchanges.
const _: () = assert!(size_of::<Socket>() <= 56);

impl Socket {
    fn new(role: Role, deflate: Option<Deflate>) -> Self {
        Self {
            machine: Machine::new(role, deflate.is_some()),
            pong: NONE,
            #[cfg(feature = "deflate")]
            packing: Packing::new(deflate),
        }
    }
}

impl Conn {
    /// Whether the connection is a WebSocket now.
    #[inline]
    pub fn is_websocket(&self) -> bool {
        self.machine.kept().is_some()
    }

    /// Whether the connection is a WebSocket on which we have sent no Close.
    #[cfg(feature = "service")]
    pub(crate) fn is_open_websocket(&self) -> bool {
        self.machine.kept().is_some_and(|socket| socket.machine.ours() == Side::Open)
    }

    /// Octets of memory of what it knows of permessage-deflate.
    #[cfg(feature = "deflate")]
    pub(super) fn packing_memory(&self) -> usize {
        self.machine.kept().map_or(0, |socket| socket.packing.memory())
    }

    #[cfg(not(feature = "deflate"))]
    #[allow(clippy::unused_self, reason = "as with permessage-deflate")]
    pub(super) fn packing_memory(&self) -> usize {
        0
    }

    /// The handshake is over.
    fn open_websocket(&mut self, deflate: Option<Deflate>) {
        let role = match self.machine.role() {
            machine::Role::Server => Role::Server,
            machine::Role::Client => Role::Client,
        };
        self.machine.keep(Socket::new(role, deflate));
        self.timers.begin_websocket();
    }

    /// Gives back what the WebSocket took from the workspace; nothing more is said.
    #[cold]
    pub(super) fn drop_socket(&mut self, ws: &mut Workspace) {
        let Some(socket) = self.machine.kept_mut() else { return };
        socket.machine.end_ours();
        #[cfg(feature = "deflate")]
        {
            socket.machine.end_inflating();
            socket.packing.drop_inflater(ws);
            socket.packing.drop_deflater(ws);
        }
        if socket.pong != NONE {
            ws.blocks.give_back(core::mem::replace(&mut socket.pong, NONE));
        }
        if !self.lifecycle.is_head_shown() {
            self.drop_head(ws);
        }
    }
}
