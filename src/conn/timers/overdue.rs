//! What a wait that is over says.

use super::wait::Wait;

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overdue {
    /// The peer, to accept our output.
    Output,
    /// The handshake of TLS.
    Handshake,
    /// The peer, to send what is expected.
    Peer(Wait),
    /// The application, to answer a request.
    Answer,
}
