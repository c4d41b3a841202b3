//! One address of a host.

use super::attempt::Attempt;
use super::family::Family;
use core::net::SocketAddr;

/// An address, and its attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub address: SocketAddr,
    pub attempt: Attempt,
}

impl Candidate {
    pub const fn family(&self) -> Family {
        Family::of(self.address.ip())
    }

    /// Whether a connect to `other` would go the same way. The flow label of IPv6 is none of it.
    pub fn is_same(&self, other: &SocketAddr) -> bool {
        parts(&self.address) == parts(other)
    }
}

fn parts(address: &SocketAddr) -> (core::net::IpAddr, u16, u32) {
    let scope = match address {
        SocketAddr::V6(v6) if v6.ip().to_ipv4_mapped().is_none() => v6.scope_id(),
        _ => 0,
    };
    (address.ip().to_canonical(), address.port(), scope)
}
