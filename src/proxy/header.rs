//! A whole header.

use super::endpoints::Endpoints;

/// A whole header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the header tells. `None`: nothing, and the endpoints are those of the transport (LOCAL, UNKNOWN, UNSPEC).
    pub told: Option<Endpoints>,
    /// The length of the header. The octets behind it are the connection's.
    pub consumed: usize,
}
