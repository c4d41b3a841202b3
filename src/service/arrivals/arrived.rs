//! An arrival whose header is decided.

use crate::error::Error;
use crate::proxy::Endpoints;
use crate::service::incoming::Incoming;

/// What a header tells; nothing where the endpoints are those of the transport. Otherwise what is wrong with it.
pub(in crate::service) type Header = Result<Option<Endpoints>, Error>;

/// An arrival whose header is decided.
pub(in crate::service) struct Arrived {
    /// The next octet of its socket is the first behind the header.
    pub incoming: Incoming,
    pub header: Header,
}
