//! The bits of [`Conn::state`](super::Conn::state).

/// Read from the transport.
pub const WANT_READ: u32 = 1 << 0;
/// There is output.
pub const WANT_WRITE: u32 = 1 << 1;
/// `next` has something without more input.
pub const EVENTS: u32 = 1 << 2;
/// Shut down the write side of the transport (repeating it is harmless).
pub const SHUTDOWN_WRITE: u32 = 1 << 3;
/// Close the transport and free the connection.
pub const CLOSE: u32 = 1 << 4;
/// Between messages: a client may send, a pool may reuse, an owner may close.
pub const IDLE: u32 = 1 << 5;
/// A request waits for its final response.
pub const CAN_RESPOND: u32 = 1 << 6;
/// The TLS handshake is in progress.
pub const TLS_HANDSHAKE: u32 = 1 << 7;
/// The peer sent close_notify.
pub const TLS_PEER_CLOSED: u32 = 1 << 8;
/// With `CLOSE`: close the transport by a reset. A FIN would tell the peer that it has everything.
pub const RESET: u32 = 1 << 9;
