//! A socket that becomes a connection.

use super::security::Security;
use crate::io::socket::Socket;

/// A socket that becomes a connection.
pub(super) struct Incoming {
    pub socket: Socket,
    pub security: Security,
    /// When it was accepted: the first clock of the connection runs from then.
    pub at: u64,
}
