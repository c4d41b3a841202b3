//! Options that take a struct, and the end of a connection.

use crate::io::sys::unix::check;
use core::mem::zeroed;
use libc::{c_int, c_uint, in_addr, in6_addr, ipv6_mreq, socklen_t};
use std::io;
use std::os::fd::RawFd;

/// Joins or leaves a group of IPv4 on an interface; 0: the one of the route to the group.
pub(in crate::io) fn set_member_v4(fd: RawFd, is_member: bool, group: [u8; 4], interface: c_uint) -> io::Result<()> {
    let name = if is_member { libc::IP_ADD_MEMBERSHIP } else { libc::IP_DROP_MEMBERSHIP };
    set(fd, libc::IPPROTO_IP, name, &request_v4(group, interface)?)
}

/// Joins or leaves a group of IPv6 on an interface; 0: one that the system chooses.
pub(in crate::io) fn set_member_v6(fd: RawFd, is_member: bool, group: [u8; 16], interface: c_uint) -> io::Result<()> {
    let name = if is_member { JOIN_V6 } else { LEAVE_V6 };
    set(
        fd,
        libc::IPPROTO_IPV6,
        name,
        &ipv6_mreq { ipv6mr_multiaddr: in6_addr { s6_addr: group }, ipv6mr_interface: interface },
    )
}

/// The interface of outgoing multicast of IPv4; 0: that of the route.
pub(in crate::io) fn set_multicast_interface_v4(fd: RawFd, interface: c_uint) -> io::Result<()> {
    // NetBSD takes the address of an interface only.
    if cfg!(target_os = "netbsd") {
        return if interface == 0 { Ok(()) } else { Err(io::ErrorKind::Unsupported.into()) };
    }
    set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF, &request_v4([0; 4], interface)?)
}

/// An option of multicast of IPv4 that is an octet, which OpenBSD insists on.
pub(in crate::io) fn set_multicast_v4(fd: RawFd, name: c_int, value: u8) -> io::Result<()> {
    if cfg!(bsd) {
        set(fd, libc::IPPROTO_IP, name, &value)
    } else {
        set(fd, libc::IPPROTO_IP, name, &c_int::from(value))
    }
}

/// Lets received datagrams show their ECN marks over IPv4. Fails where the system does not show them.
pub(in crate::io) fn set_receive_class_v4(fd: RawFd, on: bool) -> io::Result<()> {
    match CLASS_V4 {
        Some(_) => set(fd, libc::IPPROTO_IP, RECEIVE_CLASS_V4, &c_int::from(on)),
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Lets received datagrams show their local address over IPv4. Fails where the system does not show it with its interface.
pub(in crate::io) fn set_receive_local_v4(fd: RawFd, on: bool) -> io::Result<()> {
    match LOCAL_V4 {
        Some(_) => set(fd, libc::IPPROTO_IP, RECEIVE_LOCAL_V4, &c_int::from(on)),
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Options, and the kinds of the control messages that these ask for.
#[cfg(target_os = "linux")]
mod names {
    use libc::c_int;

    pub const JOIN_V6: c_int = libc::IPV6_ADD_MEMBERSHIP;
    pub const LEAVE_V6: c_int = libc::IPV6_DROP_MEMBERSHIP;
    pub const RECEIVE_CLASS_V4: c_int = libc::IP_RECVTOS;
    pub const CLASS_V4: Option<c_int> = Some(libc::IP_TOS);
    pub const RECEIVE_LOCAL_V4: c_int = libc::IP_PKTINFO;
    pub const LOCAL_V4: Option<c_int> = Some(libc::IP_PKTINFO);
}

#[cfg(bsd)]
mod names {
    use libc::c_int;

    pub const JOIN_V6: c_int = libc::IPV6_JOIN_GROUP;
    pub const LEAVE_V6: c_int = libc::IPV6_LEAVE_GROUP;
    #[cfg(any(target_os = "freebsd", target_os = "macos"))]
    pub const RECEIVE_CLASS_V4: c_int = libc::IP_RECVTOS;
    #[cfg(any(target_os = "netbsd", target_os = "openbsd"))]
    pub const RECEIVE_CLASS_V4: c_int = 0;
    pub const CLASS_V4: Option<c_int> = if RECEIVE_CLASS_V4 == 0 { None } else { Some(RECEIVE_CLASS_V4) };
    #[cfg(target_os = "macos")]
    pub const RECEIVE_LOCAL_V4: c_int = libc::IP_PKTINFO;
    #[cfg(target_os = "netbsd")]
    pub const RECEIVE_LOCAL_V4: c_int = libc::IP_RECVPKTINFO;
    #[cfg(any(target_os = "freebsd", target_os = "openbsd"))]
    pub const RECEIVE_LOCAL_V4: c_int = 0;
    #[cfg(any(target_os = "macos", target_os = "netbsd"))]
    pub const LOCAL_V4: Option<c_int> = Some(libc::IP_PKTINFO);
    #[cfg(any(target_os = "freebsd", target_os = "openbsd"))]
    pub const LOCAL_V4: Option<c_int> = None;
}

pub(in crate::io) use names::{CLASS_V4, LOCAL_V4};
use names::{JOIN_V6, LEAVE_V6, RECEIVE_CLASS_V4, RECEIVE_LOCAL_V4};

/// Lets a connected socket receive from everybody again.
pub(in crate::io) fn disconnect(fd: RawFd) -> io::Result<()> {
    // SAFETY: a C struct of integers; zeros are a value of it.
    let mut nobody: libc::sockaddr = unsafe { zeroed() };
    nobody.sa_family = libc::AF_UNSPEC as _;
    // SAFETY: a struct of ours is read.
    match check(unsafe { libc::connect(fd, &raw const nobody, size_of_val(&nobody) as socklen_t) }) {
        // The BSDs end the connection, and then find that there is no such address.
        Err(error) if cfg!(bsd) && is_no_address(&error) => Ok(()),
        result => result.map(drop),
    }
}

fn is_no_address(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EAFNOSUPPORT | libc::EINVAL | libc::EADDRNOTAVAIL))
}

#[cfg(not(target_os = "netbsd"))]
#[allow(clippy::unnecessary_wraps, reason = "on NetBSD it can fail")]
fn request_v4(group: [u8; 4], interface: c_uint) -> io::Result<libc::ip_mreqn> {
    Ok(libc::ip_mreqn {
        imr_multiaddr: in_addr { s_addr: u32::from_ne_bytes(group) },
        imr_address: in_addr { s_addr: 0 },
        imr_ifindex: interface.cast_signed(),
    })
}

/// Only with the interface that the system chooses.
#[cfg(target_os = "netbsd")]
fn request_v4(group: [u8; 4], interface: c_uint) -> io::Result<libc::ip_mreq> {
    if interface != 0 {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let multicast = in_addr { s_addr: u32::from_ne_bytes(group) };
    Ok(libc::ip_mreq { imr_multiaddr: multicast, imr_interface: in_addr { s_addr: 0 } })
}

fn set<T>(fd: RawFd, level: c_int, name: c_int, value: &T) -> io::Result<()> {
    let length = size_of::<T>() as socklen_t;
    // SAFETY: `length` octets of a borrowed struct are read.
    check(unsafe { libc::setsockopt(fd, level, name, core::ptr::from_ref(value).cast(), length) }).map(drop)
}
