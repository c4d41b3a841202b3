//! What a wait has found.

/// What is to be reported next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ready {
    /// A client has connected.
    Client,
    /// The client of this connection has sent its request.
    Request(u32),
}
