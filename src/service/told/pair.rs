//! The endpoints of one connection.

use crate::error::Error;
use crate::io::address::{Address, UnixName};
use crate::memory::{Box, Heap};
use crate::proxy::{Endpoints, UnixPath};
use core::net::{SocketAddrV4, SocketAddrV6};

/// The source and the destination that a PROXY header told, in as much memory as their family needs.
pub enum Pair {
    /// IPv4.
    V4(Box<[SocketAddrV4; 2]>),
    /// IPv6.
    V6(Box<[SocketAddrV6; 2]>),
    /// Unix domain sockets.
    Unix(Box<[UnixName; 2]>),
}

impl Pair {
    /// Fails with `Nomem`.
    pub fn new(endpoints: &Endpoints, heap: &Heap) -> Result<Self, Error> {
        match *endpoints {
            Endpoints::V4 { source, destination } => heap.boxed([source, destination]).map(Self::V4),
            Endpoints::V6 { source, destination } => heap.boxed([source, destination]).map(Self::V6),
            Endpoints::Unix { source, destination } => heap.boxed([source, destination].map(name)).map(Self::Unix),
        }
    }

    /// Source and destination.
    pub fn addresses(&self) -> [Address; 2] {
        match self {
            Self::V4(both) => both.map(Address::V4),
            Self::V6(both) => both.map(Address::V6),
            Self::Unix(both) => both.map(Address::Unix),
        }
    }
}

/// A system without abstract names tells none in their place.
fn name(path: UnixPath) -> UnixName {
    UnixName::from_octets(path.name()).unwrap_or(UnixName::UNNAMED)
}
