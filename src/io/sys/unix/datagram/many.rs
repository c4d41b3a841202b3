//! Many datagrams with one call, where the system has it: `recvmmsg`, `sendmmsg`.

use crate::io::sys::unix::NO_SIGNAL;
#[cfg(not(target_os = "macos"))]
use core::ptr::null_mut;
use std::io;
use std::os::fd::RawFd;

#[cfg(not(target_os = "macos"))]
pub(super) use libc::mmsghdr;

/// A message, and its length once it was received or sent.
#[cfg(any(target_os = "macos", test))]
#[allow(non_camel_case_types, dead_code, reason = "the other systems' struct")]
#[repr(C)]
pub(super) struct one_by_one {
    pub msg_hdr: libc::msghdr,
    pub msg_len: libc::c_uint,
}

#[cfg(target_os = "macos")]
pub(super) use one_by_one as mmsghdr;

/// Receives what waits.
///
/// # Safety
///
/// All headers point to what a receive may write to.
#[cfg(not(target_os = "macos"))]
pub(super) unsafe fn receive(fd: RawFd, headers: &mut [mmsghdr]) -> io::Result<usize> {
    let (start, count) = (headers.as_mut_ptr(), headers.len());
    // SAFETY: as the caller promises; the headers are borrowed.
    let result = unsafe { libc::recvmmsg(fd, start, count as _, libc::MSG_DONTWAIT as _, null_mut()) };
    crate::io::sys::unix::check_size(result as _)
}

/// Sends; returns how many the system took.
///
/// # Safety
///
/// All headers point to what a send may read.
#[cfg(not(target_os = "macos"))]
pub(super) unsafe fn send(fd: RawFd, headers: &mut [mmsghdr]) -> io::Result<usize> {
    let (start, count) = (headers.as_mut_ptr(), headers.len());
    // SAFETY: as the caller promises; the headers are borrowed.
    let result = unsafe { libc::sendmmsg(fd, start, count as _, (libc::MSG_DONTWAIT | NO_SIGNAL) as _) };
    crate::io::sys::unix::check_size(result as _)
}

/// The same, one by one.
///
/// # Safety
///
/// All headers point to what a receive may write to.
#[cfg(target_os = "macos")]
pub(super) unsafe fn receive(fd: RawFd, headers: &mut [mmsghdr]) -> io::Result<usize> {
    // SAFETY: as the caller promises.
    each(headers, |message| unsafe { libc::recvmsg(fd, message, libc::MSG_DONTWAIT) })
}

/// The same, one by one.
///
/// # Safety
///
/// All headers point to what a send may read.
#[cfg(target_os = "macos")]
pub(super) unsafe fn send(fd: RawFd, headers: &mut [mmsghdr]) -> io::Result<usize> {
    // SAFETY: as the caller promises.
    each(headers, |message| unsafe { libc::sendmsg(fd, message, libc::MSG_DONTWAIT | NO_SIGNAL) })
}

/// Calls for each header, up to one that fails: an error is that of the first.
#[cfg(any(target_os = "macos", test))]
fn each(headers: &mut [one_by_one], mut call: impl FnMut(&mut libc::msghdr) -> libc::ssize_t) -> io::Result<usize> {
    for (count, header) in headers.iter_mut().enumerate() {
        match crate::io::sys::unix::check_size(call(&mut header.msg_hdr)) {
            Ok(len) => header.msg_len = len as _,
            Err(error) if count == 0 => return Err(error),
            Err(_) => return Ok(count),
        }
    }
    Ok(headers.len())
}

#[cfg(test)]
mod tests {
    use super::{each, one_by_one};

    #[test]
    fn one_by_one_stops_at_the_first_error_which_is_told_if_it_is_the_first() {
        // SAFETY: C structs of integers and pointers.
        let mut headers: [one_by_one; 3] = unsafe { core::mem::zeroed() };
        let mut results = [5, 0, -1].into_iter();
        assert_eq!(each(&mut headers, |_| results.next().unwrap()).unwrap(), 2);
        assert_eq!((headers[0].msg_len, headers[1].msg_len), (5, 0));
        assert!(each(&mut headers, |_| -1).is_err());
        assert_eq!(each(&mut headers, |_| 1).unwrap(), 3);
    }
}
