//! What came of opening a lend: plain facts, for the connection to act on.

/// What came of a lend of records.
#[derive(Clone, Copy)]
pub struct Opened {
    /// How many octets it had.
    pub octets: usize,
    /// The handshake was done in it.
    pub is_greeted: bool,
    /// The peer's close_notify was in it, or before.
    pub is_ended: bool,
}
