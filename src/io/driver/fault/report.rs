//! What a driver reports next of a socket.

/// Something that is kept, and may be reported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// A held send is to be sent.
    Held,
    /// Lent octets are free again.
    Release,
    /// Octets, their end or an error.
    Input,
    /// A connection, or the end of accepting.
    Connection,
    /// The peer's end, to an owner that does not receive.
    HangUp,
    /// The end of the socket.
    Closed,
}
