//! A socket of the driver.

use crate::io::socket::Socket;

/// A socket: that of the listener, or in the place of one that a client has.
#[derive(Debug)]
pub(super) struct Entry {
    pub token: u32,
    /// Until it receives: from then on it is a connection, whose peer is simulated.
    pub socket: Option<Socket>,
    pub receives: bool,
    pub is_open: bool,
}
