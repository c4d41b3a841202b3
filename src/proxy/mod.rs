//! The PROXY protocol, versions 1 and 2: the header in which a load balancer tells the endpoints of its client's
//! connection (haproxy's `proxy-protocol.txt`; rules PP-01 to PP-04).
//!
//! [`decode`] is a function of the first octets of a connection. It keeps nothing between two calls: whoever gets
//! [`Decoded::NeedMore`] calls again with the same octets and those behind them. The result is the same however the
//! octets arrived.
//!
//! The header is never guessed: whoever calls has been told that there is one, and octets that begin no header are an
//! error. What it tells is as credible as its sender.
//!
//! Uses [`crate::error`] and [`crate::narrow`]. Never allocates, and does no I/O.

mod crc32c;
mod decoded;
mod endpoints;
mod faults;
mod header;
mod tlv;
mod unix_path;
mod v1;
mod v2;

use crate::error::Error;

pub use decoded::Decoded;
pub use endpoints::Endpoints;
pub use header::Header;
pub use unix_path::UnixPath;

/// The longest header that is accepted, in octets. One of version 1 has at most 107.
pub const HEADER_MAX: usize = v2::HEADER_MAX;

/// Decodes the header at the start of a connection's octets. Octets behind the header are not looked at.
///
/// # Errors
///
/// [`Code::ProxyHeader`](crate::error::Code::ProxyHeader) at the first octet that cannot be part of a header. The error
/// stays whatever follows.
pub fn decode(octets: &[u8]) -> Result<Decoded, Error> {
    match octets.first() {
        None => Ok(Decoded::NeedMore),
        Some(b'P') => v1::decode(octets),
        Some(_) => v2::decode(octets),
    }
}
