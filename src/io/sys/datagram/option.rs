//! Options that take a struct, and the end of a connection.

use crate::io::sys::check;
use core::mem::zeroed;
use libc::{c_int, c_uint, in_addr, in6_addr, ip_mreqn, ipv6_mreq, socklen_t};
use std::io;
use std::os::fd::RawFd;

/// Joins or leaves a group of IPv4 on an interface; 0: the one of the route to the group.
pub(in crate::io) fn set_member_v4(fd: RawFd, is_member: bool, group: [u8; 4], interface: c_uint) -> io::Result<()> {
    let name = if is_member { libc::IP_ADD_MEMBERSHIP } else { libc::IP_DROP_MEMBERSHIP };
    set(fd, libc::IPPROTO_IP, name, &request_v4(group, interface))
}

/// Joins or leaves a group of IPv6 on an interface; 0: one that the system chooses.
pub(in crate::io) fn set_member_v6(fd: RawFd, is_member: bool, group: [u8; 16], interface: c_uint) -> io::Result<()> {
    let name = if is_member { libc::IPV6_ADD_MEMBERSHIP } else { libc::IPV6_DROP_MEMBERSHIP };
    set(
        fd,
        libc::IPPROTO_IPV6,
        name,
        &ipv6_mreq { ipv6mr_multiaddr: in6_addr { s6_addr: group }, ipv6mr_interface: interface },
    )
}

/// The interface of outgoing multicast of IPv4; 0: that of the route.
pub(in crate::io) fn set_multicast_interface_v4(fd: RawFd, interface: c_uint) -> io::Result<()> {
    set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF, &request_v4([0; 4], interface))
}

/// Lets a connected socket receive from everybody again.
pub(in crate::io) fn disconnect(fd: RawFd) -> io::Result<()> {
    // SAFETY: a C struct of integers; zeros are a value of it.
    let mut nobody: libc::sockaddr = unsafe { zeroed() };
    nobody.sa_family = libc::AF_UNSPEC as _;
    // SAFETY: a struct of ours is read.
    check(unsafe { libc::connect(fd, &raw const nobody, size_of_val(&nobody) as socklen_t) }).map(drop)
}

fn request_v4(group: [u8; 4], interface: c_uint) -> ip_mreqn {
    ip_mreqn {
        imr_multiaddr: in_addr { s_addr: u32::from_ne_bytes(group) },
        imr_address: in_addr { s_addr: 0 },
        imr_ifindex: interface.cast_signed(),
    }
}

fn set<T>(fd: RawFd, level: c_int, name: c_int, value: &T) -> io::Result<()> {
    let length = size_of::<T>() as socklen_t;
    // SAFETY: `length` octets of a borrowed struct are read.
    check(unsafe { libc::setsockopt(fd, level, name, core::ptr::from_ref(value).cast(), length) }).map(drop)
}
