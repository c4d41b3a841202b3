//! Options that take a struct, and the end of a connection.

use crate::io::sys::name::SocketName;
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

/// The interface of outgoing multicast; 0: that of the route.
pub(in crate::io) fn set_multicast_interface(fd: RawFd, is_ipv6: bool, interface: c_uint) -> io::Result<()> {
    set_multicast_interface_v4(fd, interface)?;
    let interface = interface.cast_signed();
    if is_ipv6 { set(fd, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_IF, &interface) } else { Ok(()) }
}

fn set_multicast_interface_v4(fd: RawFd, interface: c_uint) -> io::Result<()> {
    // NetBSD takes the address of an interface only.
    if cfg!(target_os = "netbsd") {
        return if interface == 0 { Ok(()) } else { Err(io::ErrorKind::Unsupported.into()) };
    }
    set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF, &request_v4([0; 4], interface)?)
}

/// Sets an option of multicast of IPv4, and on a socket of IPv6 the one of that family too. That of IPv4 is an octet, which OpenBSD
/// insists on.
pub(in crate::io) fn set_multicast(fd: RawFd, is_ipv6: bool, [v4, v6]: [c_int; 2], value: u8) -> io::Result<()> {
    if cfg!(bsd) {
        set(fd, libc::IPPROTO_IP, v4, &value)?;
    } else {
        set(fd, libc::IPPROTO_IP, v4, &c_int::from(value))?;
    }
    if is_ipv6 { set(fd, libc::IPPROTO_IPV6, v6, &c_int::from(value)) } else { Ok(()) }
}

/// Sets an option of IPv4, and on a socket of IPv6 the one of that family too.
pub(in crate::io) fn set_both(fd: RawFd, is_ipv6: bool, [v4, v6]: [c_int; 2], value: c_int) -> io::Result<()> {
    set(fd, libc::IPPROTO_IP, v4, &value)?;
    if is_ipv6 { set(fd, libc::IPPROTO_IPV6, v6, &value) } else { Ok(()) }
}

/// Lets received datagrams show their ECN marks. Fails where the system does not show them over IPv4.
pub(in crate::io) fn set_receive_class(fd: RawFd, is_ipv6: bool, on: bool) -> io::Result<()> {
    let on = c_int::from(on);
    match CLASS_V4 {
        Some(_) => set_both(fd, is_ipv6, [RECEIVE_CLASS_V4, libc::IPV6_RECVTCLASS], on),
        None => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// Whether a control message has the ECN mark in its lower two bits.
pub(in crate::io) fn is_class(level: c_int, kind: c_int) -> bool {
    (level == libc::IPPROTO_IP && Some(kind) == CLASS_V4) || (level == libc::IPPROTO_IPV6 && kind == libc::IPV6_TCLASS)
}

/// Lets received datagrams show their local address. Fails over IPv4 where the system does not show it with its interface.
pub(in crate::io) fn set_receive_local(fd: RawFd, is_ipv6: bool, on: bool) -> io::Result<()> {
    let on = c_int::from(on);
    match LOCAL_V4 {
        // On a socket of both families the option of IPv6 shows IPv4 addresses too.
        _ if is_ipv6 => set(fd, libc::IPPROTO_IPV6, libc::IPV6_RECVPKTINFO, &on),
        Some(_) => set(fd, libc::IPPROTO_IP, RECEIVE_LOCAL_V4, &on),
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

pub(in crate::io) use names::LOCAL_V4;
use names::{CLASS_V4, JOIN_V6, LEAVE_V6, RECEIVE_CLASS_V4, RECEIVE_LOCAL_V4};

/// Sends to `peer` and receives from it alone.
pub(in crate::io) fn connect(fd: RawFd, peer: &SocketName) -> io::Result<()> {
    crate::io::sys::socket::connect(fd, peer).map(drop)
}

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
