//! TLS in the kernel: `TCP_ULP`, `TLS_TX`, `TLS_RX`, and control messages with the record type.

use super::{check, check_size};
use core::mem::zeroed;
use libc::{c_int, c_uint, c_void, socklen_t};
use std::io;
use std::os::fd::RawFd;

pub(in crate::io) use libc::{TLS_RX, TLS_TX};

/// Enables the TLS options of a connected socket. Data is unchanged.
pub(in crate::io) fn attach(fd: RawFd) -> io::Result<()> {
    const NAME: &[u8] = b"tls\0";
    set(fd, libc::IPPROTO_TCP, libc::TCP_ULP, NAME)
}

/// `info` is one of the structs `tls12_crypto_info_*`.
pub(in crate::io) fn set_keys(fd: RawFd, direction: c_int, info: &[u8]) -> io::Result<()> {
    set(fd, libc::SOL_TLS, direction, info)
}

fn set(fd: RawFd, level: c_int, name: c_int, value: &[u8]) -> io::Result<()> {
    // SAFETY: `value.len()` octets of a borrowed slice are read.
    check(unsafe { libc::setsockopt(fd, level, name, value.as_ptr().cast(), value.len() as socklen_t) }).map(drop)
}

/// Room for one control message of one octet, aligned as its header is.
#[repr(C)]
union Message {
    header: libc::cmsghdr,
    octets: [u8; SPACE],
}

// SAFETY: it only computes.
const SPACE: usize = unsafe { libc::CMSG_SPACE(size_of::<u8>() as c_uint) } as usize;

/// Sends one record of this type, completely or not at all.
pub(in crate::io) fn send_record(fd: RawFd, kind: u8, octets: &[u8]) -> io::Result<()> {
    let mut control = Message { octets: [0; SPACE] };
    let mut vector = libc::iovec { iov_base: octets.as_ptr().cast_mut().cast(), iov_len: octets.len() };
    let message = message(&mut vector, &mut control);
    // SAFETY: the message has room for a header and one octet, all of it zeroed.
    unsafe {
        let header = &mut *libc::CMSG_FIRSTHDR(&raw const message);
        header.cmsg_level = libc::SOL_TLS;
        header.cmsg_type = libc::TLS_SET_RECORD_TYPE;
        header.cmsg_len = libc::CMSG_LEN(size_of::<u8>() as c_uint) as _;
        libc::CMSG_DATA(header).write(kind);
    }
    // SAFETY: sendmsg only reads through the vector of borrowed octets and the control message.
    check_size(unsafe { libc::sendmsg(fd, &raw const message, libc::MSG_NOSIGNAL) }).map(drop)
}

/// Receives octets of records of one type, and the type; without a type it is the end of the stream.
pub(in crate::io) fn receive(fd: RawFd, into: &mut [u8]) -> io::Result<(usize, Option<u8>)> {
    let mut control = Message { octets: [0; SPACE] };
    let mut vector = libc::iovec { iov_base: into.as_mut_ptr().cast(), iov_len: into.len() };
    let mut message = message(&mut vector, &mut control);
    // SAFETY: at most `into.len()` octets of our own slice are written, and a control message of at most its room.
    let len = check_size(unsafe { libc::recvmsg(fd, &raw mut message, 0) })?;
    // SAFETY: the system has written the control message, and its length.
    let header = unsafe { libc::CMSG_FIRSTHDR(&raw const message).as_ref() };
    let kind =
        header.filter(|header| header.cmsg_level == libc::SOL_TLS && header.cmsg_type == libc::TLS_GET_RECORD_TYPE);
    // SAFETY: a control message of this type has one octet, for which there was room.
    Ok((len, kind.map(|header| unsafe { libc::CMSG_DATA(header).read() })))
}

fn message(vector: &mut libc::iovec, control: &mut Message) -> libc::msghdr {
    // SAFETY: a C struct of integers and pointers; zeros and nulls are values of it.
    let mut message: libc::msghdr = unsafe { zeroed() };
    message.msg_iov = vector;
    message.msg_iovlen = 1;
    message.msg_control = core::ptr::from_mut(control).cast::<c_void>();
    message.msg_controllen = SPACE as _;
    message
}
