//! Numbers and structs of Windows under the names of POSIX.
//!
//! The errors are those of Winsock where it has them, and else system errors of that meaning, which other calls return. No two
//! are equal, so that they can stand in one match.

#![allow(unused_imports, dead_code, reason = "a table: some are used by tests only, or by a feature")]

use windows_sys::Win32::Foundation as system;
use windows_sys::Win32::Networking::WinSock as winsock;

pub(in crate::io) use core::ffi::c_int;
pub(in crate::io) use winsock::{
    IN_PKTINFO as in_pktinfo, IN6_PKTINFO as in6_pktinfo, IP_MULTICAST_IF, IP_MULTICAST_LOOP, IP_MULTICAST_TTL,
    IP_PKTINFO, IP_TOS, IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_IF,
    IPV6_MULTICAST_LOOP, IPV6_PKTINFO, IPV6_PKTINFO as IPV6_RECVPKTINFO, IPV6_RECVTCLASS, IPV6_TCLASS,
    IPV6_UNICAST_HOPS, IPV6_V6ONLY, SD_RECEIVE as SHUT_RD, SD_SEND as SHUT_WR, SO_ACCEPTCONN, SO_BROADCAST, SO_ERROR,
    SO_KEEPALIVE, SO_RCVBUF, SO_SNDBUF, SO_TYPE, SOCK_DGRAM, SOCK_STREAM, SOL_SOCKET, TCP_NODELAY,
};

pub(in crate::io) use winsock::{
    WSAEACCES as EACCES, WSAEADDRINUSE as EADDRINUSE, WSAEADDRNOTAVAIL as EADDRNOTAVAIL,
    WSAEAFNOSUPPORT as EAFNOSUPPORT, WSAEALREADY as EALREADY, WSAECONNABORTED as ECONNABORTED,
    WSAECONNREFUSED as ECONNREFUSED, WSAECONNRESET as ECONNRESET, WSAEDESTADDRREQ as EDESTADDRREQ, WSAEFAULT as EFAULT,
    WSAEHOSTDOWN as EHOSTDOWN, WSAEHOSTUNREACH as EHOSTUNREACH, WSAEINPROGRESS as EINPROGRESS, WSAEINTR as EINTR,
    WSAEINVAL as EINVAL, WSAEISCONN as EISCONN, WSAEMFILE as EMFILE, WSAEMSGSIZE as EMSGSIZE, WSAENETDOWN as ENETDOWN,
    WSAENETRESET as ENETRESET, WSAENETUNREACH as ENETUNREACH, WSAENOBUFS as ENOBUFS, WSAENOPROTOOPT as ENOPROTOOPT,
    WSAENOTCONN as ENOTCONN, WSAENOTSOCK as ENOTSOCK, WSAEOPNOTSUPP as EOPNOTSUPP,
    WSAEPROTONOSUPPORT as EPROTONOSUPPORT, WSAEPROTOTYPE as EPROTOTYPE, WSAESHUTDOWN as EPIPE,
    WSAETIMEDOUT as ETIMEDOUT, WSAEWOULDBLOCK as EAGAIN,
};

/// Of handles of every kind. Winsock has one of its own, which it does not use.
pub(in crate::io) const EBADF: c_int = system::ERROR_INVALID_HANDLE as c_int;
pub(in crate::io) const ENOENT: c_int = system::ERROR_PATH_NOT_FOUND as c_int;
/// The limit of the process is [`EMFILE`]; this one the C library and the files of the system have.
pub(in crate::io) const ENFILE: c_int = system::ERROR_TOO_MANY_OPEN_FILES as c_int;
pub(in crate::io) const EPERM: c_int = system::ERROR_ACCESS_DENIED as c_int;
pub(in crate::io) const ENOMEM: c_int = system::ERROR_NOT_ENOUGH_MEMORY as c_int;
pub(in crate::io) const EBADMSG: c_int = system::ERROR_INVALID_DATA as c_int;
pub(in crate::io) const EROFS: c_int = system::ERROR_WRITE_PROTECT as c_int;
pub(in crate::io) const ENODEV: c_int = system::ERROR_DEV_NOT_EXIST as c_int;
pub(in crate::io) const EEXIST: c_int = system::ERROR_ALREADY_EXISTS as c_int;
pub(in crate::io) const ENXIO: c_int = system::ERROR_NO_SUCH_DEVICE as c_int;
pub(in crate::io) const EIO: c_int = system::ERROR_IO_DEVICE as c_int;
/// An ICMP message: the host does not have the protocol.
pub(in crate::io) const EPROTO: c_int = system::ERROR_PROTOCOL_UNREACHABLE as c_int;

pub(in crate::io) const AF_INET: c_int = winsock::AF_INET as c_int;
pub(in crate::io) const AF_INET6: c_int = winsock::AF_INET6 as c_int;
pub(in crate::io) const AF_UNIX: c_int = winsock::AF_UNIX as c_int;

/// `GetAddrInfoW` returns these, and takes them from DNS (`WSAHOST_NOT_FOUND`) or from Winsock.
pub(in crate::io) use winsock::{
    WSA_NOT_ENOUGH_MEMORY as EAI_MEMORY, WSAEAFNOSUPPORT as EAI_FAMILY, WSAHOST_NOT_FOUND as EAI_NONAME,
    WSANO_RECOVERY as EAI_FAIL, WSATRY_AGAIN as EAI_AGAIN,
};
