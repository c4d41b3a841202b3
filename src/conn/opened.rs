//! The result of opening a lend of records.

/// The result of opening a lend of records.
#[derive(Clone, Copy)]
pub struct Opened {
    /// Length of the lend.
    pub octets: usize,
    /// It completed the handshake.
    pub is_greeted: bool,
    /// The peer sent close_notify, in it or before.
    pub is_ended: bool,
}
