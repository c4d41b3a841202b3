//! What [`Conn::state`](super::Conn::state) answers, as bits.

/// Read from the transport.
pub const WANT_READ: u32 = 1 << 0;
/// There is output.
pub const WANT_WRITE: u32 = 1 << 1;
/// `next` has something without more input.
pub const EVENTS: u32 = 1 << 2;
/// Close the write side of the transport (again and again is harmless).
pub const SHUTDOWN_WRITE: u32 = 1 << 3;
/// Close the transport and free the connection.
pub const CLOSE: u32 = 1 << 4;
/// Between messages: a client may send, a pool may reuse, an owner may close.
pub const IDLE: u32 = 1 << 5;
/// A request waits for its final response.
pub const CAN_RESPOND: u32 = 1 << 6;
/// The TLS handshake is not done.
pub const TLS_HANDSHAKE: u32 = 1 << 7;
/// The peer's close_notify came.
pub const TLS_PEER_CLOSED: u32 = 1 << 8;
/// With `CLOSE`: close the transport by a reset. To the peer a FIN would say that it has all there is.
pub const RESET: u32 = 1 << 9;
