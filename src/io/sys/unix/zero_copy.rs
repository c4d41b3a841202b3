//! Sends whose octets the system reads until the peer has acknowledged them (MSG_ZEROCOPY), and what it says when it has.

use super::option::{get, set};
use super::{check, check_size};
use crate::io::sys::gather::Gather;
use core::mem::{MaybeUninit, zeroed};
use std::io;
use std::os::fd::RawFd;

/// SO_EE_ORIGIN_ZEROCOPY: of which the messages of the error queue are.
const ORIGIN: u8 = 5;
/// SO_EE_CODE_ZEROCOPY_COPIED: the system has copied the octets after all.
const COPIED: u8 = 1;
/// Room for the name and the error of a message, as control data.
const CONTROL: usize = 128;

/// Sends that are released: the first and the last of them. The system counts those of a socket from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io) struct Notice {
    pub first: u32,
    pub last: u32,
    pub is_copied: bool,
}

/// Lets a socket send so. Fails where it cannot, and if somebody else has let it: then the count is not at 0.
pub(in crate::io) fn enable(fd: RawFd) -> io::Result<()> {
    if get(fd, libc::SOL_SOCKET, libc::SO_ZEROCOPY)? != 0 {
        return Err(io::ErrorKind::Unsupported.into());
    }
    set(fd, libc::SOL_SOCKET, libc::SO_ZEROCOPY, 1)
}

/// Whether the socket is of TCP, which can send so.
pub(in crate::io) fn is_tcp(fd: RawFd) -> bool {
    get(fd, libc::SOL_SOCKET, libc::SO_PROTOCOL).is_ok_and(|protocol| protocol == libc::IPPROTO_TCP)
}

/// Sends what the system accepts, which counts as one if it is anything. Fails with `ENOBUFS` if too much is lent already.
pub(in crate::io) fn send(fd: RawFd, octets: &Gather<'_>) -> io::Result<usize> {
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut message: libc::msghdr = unsafe { zeroed() };
    let vectors = octets.vectors();
    message.msg_iov = vectors.as_ptr().cast_mut();
    message.msg_iovlen = vectors.len() as _;
    // SAFETY: sendmsg only reads through the vectors, whose octets are borrowed, or a place that the system checks.
    check_size(unsafe { libc::sendmsg(fd, &raw const message, super::NO_SIGNAL | libc::MSG_ZEROCOPY) })
}

/// Takes messages from the error queue until one is of this kind; `None`: the queue is empty.
pub(in crate::io) fn notice(fd: RawFd) -> Option<Notice> {
    loop {
        // Aligned as control data is.
        let mut control = [const { MaybeUninit::<u64>::uninit() }; CONTROL / 8];
        // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
        let mut message: libc::msghdr = unsafe { zeroed() };
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = CONTROL as _;
        // SAFETY: at most `CONTROL` octets of our own room are written; no octets of a message.
        let result = unsafe { libc::recvmsg(fd, &raw mut message, libc::MSG_ERRQUEUE) };
        match check_size(result) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
            Ok(_) => {
                if let Some(notice) = find(&message) {
                    return Some(notice);
                }
            }
        }
    }
}

/// The notice in the control data of a message that was received.
fn find(message: &libc::msghdr) -> Option<Notice> {
    // SAFETY: `msg_controllen` octets of the control data are written, and live as long as the borrow of the message.
    let mut at = unsafe { libc::CMSG_FIRSTHDR(message) };
    while !at.is_null() {
        // SAFETY: not null, so a whole header within the control data.
        let header = unsafe { at.read_unaligned() };
        let is_error = (header.cmsg_level, header.cmsg_type) == (libc::SOL_IP, libc::IP_RECVERR)
            || (header.cmsg_level, header.cmsg_type) == (libc::SOL_IPV6, libc::IPV6_RECVERR);
        if is_error {
            // SAFETY: the data of this kind begins with the struct.
            let error: libc::sock_extended_err =
                unsafe { libc::CMSG_DATA(at).cast::<libc::sock_extended_err>().read_unaligned() };
            if error.ee_origin == ORIGIN && error.ee_errno == 0 {
                let is_copied = error.ee_code & COPIED != 0;
                return Some(Notice { first: error.ee_info, last: error.ee_data, is_copied });
            }
        }
        // SAFETY: as for the first one.
        at = unsafe { libc::CMSG_NXTHDR(message, at) };
    }
    None
}

/// Whether the socket has failed or its error queue is not empty. Takes neither.
pub(in crate::io) fn has_error(fd: RawFd) -> bool {
    ready(fd, 0).is_ok_and(|ready| ready & libc::POLLERR != 0)
}

/// As of any socket ([`has_input`](super::transfer::has_input)), but for what is in the error queue: a connection of TCP that has failed has
/// ended besides.
pub(in crate::io) fn has_input(fd: RawFd) -> io::Result<bool> {
    ready(fd, libc::POLLIN).map(|ready| ready & !libc::POLLERR != 0)
}

fn ready(fd: RawFd, events: libc::c_short) -> io::Result<libc::c_short> {
    let mut ready = libc::pollfd { fd, events, revents: 0 };
    loop {
        // SAFETY: one struct of our own is read and written.
        match check(unsafe { libc::poll(&raw mut ready, 1, 0) }) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            result => return result.map(|_| ready.revents),
        }
    }
}

/// Ends a connection whose sends are not released: its sending side, or all of it `at_once`, or if the socket says that a close does so.
pub(in crate::io) fn end(fd: RawFd, at_once: bool) {
    if at_once || resets_on_close(fd) {
        abort(fd);
    } else {
        // Fails for one that has ended already.
        let _ = super::socket::shutdown(fd, libc::SHUT_WR);
    }
}

/// Ends a connection at once: the peer gets a reset, and what it has not acknowledged is dropped. Where connect(2) is denied, its close
/// does so.
fn abort(fd: RawFd) {
    let _ = super::option::set_linger(fd, true);
    let name = libc::sockaddr { sa_family: libc::AF_UNSPEC as libc::sa_family_t, sa_data: [0; 14] };
    // SAFETY: a name of our own and its size. Fails for a connection that has ended already.
    unsafe { libc::connect(fd, &raw const name, size_of::<libc::sockaddr>() as libc::socklen_t) };
}

/// Whether a close of the socket is to reset the connection (SO_LINGER with 0 seconds).
fn resets_on_close(fd: RawFd) -> bool {
    let mut linger = libc::linger { l_onoff: 0, l_linger: 0 };
    let mut size = size_of::<libc::linger>() as libc::socklen_t;
    // SAFETY: at most `size` octets of our own struct are written.
    let result =
        unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, libc::SO_LINGER, (&raw mut linger).cast(), &raw mut size) };
    result == 0 && linger.l_onoff != 0 && linger.l_linger == 0
}
