//! One request for the addresses of a name.

use super::permit::Permit;
use super::resolved::Resolved;
use super::unresolved::no_data;
use crate::error::Error;
use crate::happy_eyeballs::Family;
use crate::io::event_loop::Poster;
use core::net::SocketAddr;

/// Who asks, and for what.
pub(super) struct Ask {
    pub poster: Poster,
    pub token: u64,
    pub port: u16,
    /// `None`: both.
    pub family: Option<Family>,
    pub permit: Permit,
}

impl Ask {
    /// Gives the loop of the asker what it wants of the addresses of the name.
    pub fn deliver(self, found: &Result<Vec<SocketAddr>, Error>) {
        let Self { poster, token, port, family, permit } = self;
        let addresses = match found {
            Ok(all) => wanted(all, family, port),
            Err(error) => Err(*error),
        };
        poster.deliver(Resolved { token, addresses, _permit: permit });
    }
}

fn wanted(all: &[SocketAddr], family: Option<Family>, port: u16) -> Result<Vec<SocketAddr>, Error> {
    let is_wanted = |address: &&SocketAddr| family.is_none_or(|family| address.is_ipv6() == (family == Family::V6));
    let with_port = |address: &SocketAddr| {
        let mut address = *address;
        address.set_port(port);
        address
    };
    let addresses: Vec<_> = all.iter().filter(is_wanted).map(with_port).collect();
    if addresses.is_empty() { Err(no_data()) } else { Ok(addresses) }
}
