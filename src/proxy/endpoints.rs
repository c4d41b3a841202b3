//! The endpoints of a connection, as a header tells them.

use super::unix_path::UnixPath;
use core::net::{SocketAddrV4, SocketAddrV6};

/// Both ends of the client's connection to the sender of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "as of the result that it is part of")]
pub enum Endpoints {
    /// IPv4.
    V4 {
        /// The client.
        source: SocketAddrV4,
        /// Where it connected to.
        destination: SocketAddrV4,
    },
    /// IPv6, without flow and scope.
    V6 {
        /// The client.
        source: SocketAddrV6,
        /// Where it connected to.
        destination: SocketAddrV6,
    },
    /// Unix domain sockets.
    Unix {
        /// The client.
        source: UnixPath,
        /// Where it connected to.
        destination: UnixPath,
    },
}
