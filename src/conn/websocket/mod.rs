//! A connection that was switched to WebSocket: the handshake over HTTP/1.1 heads, frames in and out, the two Closes.
//!
//! [`WebSocket`] has the owner's calls, [`crate::websocket::machine`] the protocol. This module connects it to windows,
//! queue, clocks and masking keys. The state is in [`Socket`].

mod accept;
mod accept_error;
mod close_handshake;
mod connect;
mod control;
mod control_frame;
#[cfg(feature = "deflate")]
mod deflate;
#[cfg(feature = "deflate")]
mod deflate_state;
mod fast_messages;
mod faults;
mod handshake;
#[cfg(feature = "deflate")]
mod inflate;
mod message_turn;
mod offer;
mod prepared;
mod recv;
mod send;
mod socket;
mod turn_limits;
mod view;
mod whole;

pub use accept::Accept;
pub use accept_error::AcceptError;
pub use close_handshake::CloseHandshake;
pub use connect::{Connect, Connector};
pub use control::Control;
pub use fast_messages::{FastMessages, Next};
pub use handshake::Handshake;
pub use message_turn::MessageTurn;
pub use offer::keep_handshake;
pub use prepared::Prepared;
pub use recv::Recv;
pub use send::Send;
pub use socket::Socket;
pub use turn_limits::TurnLimits;
pub use view::WebSocket;
