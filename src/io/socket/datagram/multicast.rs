//! Multicast.

use crate::io::socket::Socket;
use crate::io::sys::datagram::option;
use crate::io::sys::posix;
use crate::io::sys::posix::c_int;
use core::net::IpAddr;
use std::io;

/// The multicast options of a [`Datagram`](super::Datagram) socket. On a socket of both families each applies to both.
///
/// Interfaces are numbers, as if_nametoindex(3) returns them; 0 lets the system choose, by its routes.
#[derive(Clone, Copy, Debug)]
pub struct Multicast<'a> {
    socket: &'a Socket,
    is_ipv6: bool,
}

impl<'a> Multicast<'a> {
    pub(super) const fn new(socket: &'a Socket, is_ipv6: bool) -> Self {
        Self { socket, is_ipv6 }
    }

    /// Receives what is sent to a group on an interface. A socket may join one group on many interfaces.
    ///
    /// Fails if it has joined already (`EADDRINUSE`), without such an interface (`ENODEV`), for an address that is no
    /// group (`EINVAL`), for IPv6 on a socket of IPv4 (`ENOPROTOOPT`), and for more groups than the system allows
    /// (`ENOBUFS`; IPv4 by default 20, net.ipv4.igmp_max_memberships).
    ///
    /// Bind to the group's port: a socket of IPv4 also receives what comes to that port for groups that others on this
    /// host have joined.
    pub fn join(&self, group: IpAddr, interface: u32) -> io::Result<()> {
        self.set_member(true, group, interface)
    }

    /// Leaves a group on an interface, with the number that it was joined with. Fails if it is not joined
    /// (`EADDRNOTAVAIL`). Closing the socket leaves all.
    pub fn leave(&self, group: IpAddr, interface: u32) -> io::Result<()> {
        self.set_member(false, group, interface)
    }

    fn set_member(&self, is_member: bool, group: IpAddr, interface: u32) -> io::Result<()> {
        let fd = self.socket.raw();
        match group {
            IpAddr::V4(group) => option::set_member_v4(fd, is_member, group.octets(), interface),
            IpAddr::V6(group) => option::set_member_v6(fd, is_member, group.octets(), interface),
        }
    }

    /// Hops that a datagram to a group may take: 0 stays on this host, 1, the default, on the network
    /// (IP_MULTICAST_TTL, IPV6_MULTICAST_HOPS).
    pub fn set_ttl(&self, hops: u8) -> io::Result<()> {
        self.set_both(posix::IP_MULTICAST_TTL, posix::IPV6_MULTICAST_HOPS, hops)
    }

    /// Whether members on this host receive what this socket sends (IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP). On at first.
    pub fn set_loop(&self, on: bool) -> io::Result<()> {
        self.set_both(posix::IP_MULTICAST_LOOP, posix::IPV6_MULTICAST_LOOP, on.into())
    }

    /// The interface that datagrams to groups leave by (IP_MULTICAST_IF, IPV6_MULTICAST_IF). Fails without such an
    /// interface (`EADDRNOTAVAIL` or `ENODEV`).
    pub fn set_interface(&self, interface: u32) -> io::Result<()> {
        option::set_multicast_interface(self.socket.raw(), self.is_ipv6, interface)
    }

    /// Sets an option of IPv4, and on a socket of IPv6 the one of that family too.
    fn set_both(&self, v4: c_int, v6: c_int, value: u8) -> io::Result<()> {
        option::set_multicast(self.socket.raw(), self.is_ipv6, [v4, v6], value)
    }
}
