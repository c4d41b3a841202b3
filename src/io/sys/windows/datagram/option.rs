//! Options that take a struct, connecting, and the end of a connection.

use super::icmp;
use crate::io::descriptor::RawSocket;
use crate::io::sys::name::SocketName;
use crate::io::sys::windows::error::check;
use crate::io::sys::windows::option::{get, set, set_struct};
use crate::io::sys::windows::posix::{
    IP_MULTICAST_IF, IP_PKTINFO, IP_TOS, IPPROTO_IP, IPPROTO_IPV6, IPV6_MULTICAST_IF, IPV6_PKTINFO, IPV6_RECVTCLASS,
    IPV6_TCLASS, IPV6_V6ONLY,
};
use crate::io::sys::windows::socket;
use core::ffi::{c_int, c_uint};
use core::mem::zeroed;
use std::io;
use windows_sys::Win32::Networking::WinSock as winsock;
use windows_sys::Win32::Networking::WinSock::{
    IN_ADDR, IN_ADDR_0, IN6_ADDR, IN6_ADDR_0, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, IP_ECN, IP_MREQ, IP_RECVECN,
    IP_RECVTOS, IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP, IPV6_ECN, IPV6_MREQ, IPV6_RECVECN, SOCKADDR, SOCKET,
};

/// Joins or leaves a group of IPv4 on an interface; 0: one that the system chooses.
pub(in crate::io) fn set_member_v4(
    fd: RawSocket,
    is_member: bool,
    group: [u8; 4],
    interface: c_uint,
) -> io::Result<()> {
    let name = if is_member { IP_ADD_MEMBERSHIP } else { IP_DROP_MEMBERSHIP };
    set_struct(fd, IPPROTO_IP, name, &IP_MREQ { imr_multiaddr: address(group), imr_interface: by_index(interface) })
}

/// Joins or leaves a group of IPv6 on an interface; 0: one that the system chooses.
pub(in crate::io) fn set_member_v6(
    fd: RawSocket,
    is_member: bool,
    group: [u8; 16],
    interface: c_uint,
) -> io::Result<()> {
    let name = if is_member { IPV6_ADD_MEMBERSHIP } else { IPV6_DROP_MEMBERSHIP };
    let group = IN6_ADDR { u: IN6_ADDR_0 { Byte: group } };
    set_struct(fd, IPPROTO_IPV6, name, &IPV6_MREQ { ipv6mr_multiaddr: group, ipv6mr_interface: interface })
}

/// The interface of outgoing multicast; 0: one that the system chooses.
pub(in crate::io) fn set_multicast_interface(fd: RawSocket, is_ipv6: bool, interface: c_uint) -> io::Result<()> {
    if has_v4(fd, is_ipv6)? {
        set_struct(fd, IPPROTO_IP, IP_MULTICAST_IF, &by_index(interface))?;
    }
    if is_ipv6 { set(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, interface.cast_signed()) } else { Ok(()) }
}

/// Sets an option of multicast in the families of the socket.
pub(in crate::io) fn set_multicast(fd: RawSocket, is_ipv6: bool, names: [c_int; 2], value: u8) -> io::Result<()> {
    set_both(fd, is_ipv6, names, value.into())
}

/// Sets an option of IPv4, and on a socket of IPv6 the one of that family too. The system refuses those of IPv4 on a socket that has
/// IPv6 alone.
pub(in crate::io) fn set_both(fd: RawSocket, is_ipv6: bool, [v4, v6]: [c_int; 2], value: c_int) -> io::Result<()> {
    if has_v4(fd, is_ipv6)? {
        set(fd, IPPROTO_IP, v4, value)?;
    }
    if is_ipv6 { set(fd, IPPROTO_IPV6, v6, value) } else { Ok(()) }
}

/// Whether a socket sends to and receives from IPv4.
fn has_v4(fd: RawSocket, is_ipv6: bool) -> io::Result<bool> {
    Ok(!is_ipv6 || get(fd, IPPROTO_IPV6, IPV6_V6ONLY)? == 0)
}

fn address(octets: [u8; 4]) -> IN_ADDR {
    IN_ADDR { S_un: IN_ADDR_0 { S_addr: u32::from_ne_bytes(octets) } }
}

/// An interface where an address of one is asked for: 0.x.x.x is the interface with that index.
fn by_index(interface: c_uint) -> IN_ADDR {
    address(interface.to_be_bytes())
}

/// Lets received datagrams show their ECN marks. Where the system does not have the options of ECN alone, which are newer, those of
/// the whole octet do it.
pub(in crate::io) fn set_receive_class(fd: RawSocket, is_ipv6: bool, on: bool) -> io::Result<()> {
    let on = c_int::from(on);
    set_both(fd, is_ipv6, [IP_RECVECN, IPV6_RECVECN], on)
        .or_else(|_| set_both(fd, is_ipv6, [IP_RECVTOS, IPV6_RECVTCLASS], on))
}

/// Whether a control message has the ECN mark in its lower two bits.
pub(in crate::io) fn is_class(level: c_int, kind: c_int) -> bool {
    matches!((level, kind), (IPPROTO_IP, IP_ECN | IP_TOS) | (IPPROTO_IPV6, IPV6_ECN | IPV6_TCLASS))
}

/// Lets received datagrams show their local address, each family in its own way.
pub(in crate::io) fn set_receive_local(fd: RawSocket, is_ipv6: bool, on: bool) -> io::Result<()> {
    set_both(fd, is_ipv6, [IP_PKTINFO, IPV6_PKTINFO], c_int::from(on))
}

/// The kind of the control message with a local address of IPv4.
pub(in crate::io) const LOCAL_V4: Option<c_int> = Some(IP_PKTINFO);

/// Sends to `peer` and receives from it alone, and learns of ICMP errors.
pub(in crate::io) fn connect(fd: RawSocket, peer: &SocketName) -> io::Result<()> {
    socket::connect(fd, peer)?;
    icmp::set_reports(fd, true)
}

/// Lets a connected socket receive from everybody again.
pub(in crate::io) fn disconnect(fd: RawSocket) -> io::Result<()> {
    icmp::set_reports(fd, false)?;
    // SAFETY: a C struct of integers; zeros are a value of it: AF_UNSPEC.
    let nobody: SOCKADDR = unsafe { zeroed() };
    // SAFETY: a struct of ours is read.
    check(unsafe { winsock::connect(fd as SOCKET, &raw const nobody, size_of_val(&nobody) as c_int) })
}
