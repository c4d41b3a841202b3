//! The local end of a received datagram.

#[cfg(not(any(target_os = "freebsd", target_os = "openbsd")))]
use crate::io::sys::posix::in_pktinfo;
use crate::io::sys::posix::in6_pktinfo;
use core::mem::offset_of;
#[cfg(not(any(target_os = "freebsd", target_os = "openbsd")))]
use core::net::Ipv4Addr;
use core::net::{IpAddr, Ipv6Addr};

/// Where a datagram arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// The address that it was sent to: one of this host, or that of a group. IPv4 also on a socket of both families.
    pub address: IpAddr,
    /// The index of the interface.
    pub interface: u32,
}

impl Local {
    /// From the octets of an `in_pktinfo`.
    #[cfg(not(any(target_os = "freebsd", target_os = "openbsd")))]
    pub(super) fn of_v4(info: &[u8]) -> Option<Self> {
        let address = Ipv4Addr::from(part(info, offset_of!(in_pktinfo, ipi_addr))?);
        let interface = u32::from_ne_bytes(part(info, offset_of!(in_pktinfo, ipi_ifindex))?);
        Some(Self { address: address.into(), interface })
    }

    /// The system shows no such thing.
    #[cfg(any(target_os = "freebsd", target_os = "openbsd"))]
    pub(super) fn of_v4(_: &[u8]) -> Option<Self> {
        None
    }

    /// From the octets of an `in6_pktinfo`.
    pub(super) fn of_v6(info: &[u8]) -> Option<Self> {
        let address = Ipv6Addr::from(part(info, offset_of!(in6_pktinfo, ipi6_addr))?);
        let interface = u32::from_ne_bytes(part(info, offset_of!(in6_pktinfo, ipi6_ifindex))?);
        Some(Self { address: address.to_canonical(), interface })
    }
}

fn part<const N: usize>(of: &[u8], at: usize) -> Option<[u8; N]> {
    of.get(at..)?.first_chunk().copied()
}
