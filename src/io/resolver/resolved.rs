//! A look-up that is done.

use super::permit::Permit;
use crate::error::Error;
use core::net::SocketAddr;

/// A look-up that is done, on its way to the loop of the one who asked.
#[derive(Debug)]
pub struct Resolved {
    /// The caller's token.
    pub token: u64,
    /// The addresses, at least one, or why there are none.
    pub addresses: Result<Vec<SocketAddr>, Error>,
    /// Given back when the loop has reported it.
    pub(super) _permit: Permit,
}
