//! Socket options, and the flags of a descriptor.

use super::check;
use libc::{c_int, socklen_t};
use std::io;
use std::os::fd::RawFd;

/// Lets sockets share a port, and the system balance them. NetBSD, OpenBSD and macOS do not balance.
#[cfg(not(target_os = "freebsd"))]
const REUSE_PORT: c_int = libc::SO_REUSEPORT;
#[cfg(target_os = "freebsd")]
const REUSE_PORT: c_int = libc::SO_REUSEPORT_LB;

/// Lets a port in TIME_WAIT be bound.
pub(in crate::io) fn set_reuse_address(fd: RawFd) -> io::Result<()> {
    set(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1)
}

/// Lets sockets share a port.
pub(in crate::io) fn set_reuse_port(fd: RawFd) -> io::Result<()> {
    set(fd, libc::SOL_SOCKET, REUSE_PORT, 1)
}

/// Lets connections begin with their first octets, `queue` of them at a time.
#[cfg(not(any(target_os = "netbsd", target_os = "openbsd")))]
pub(in crate::io) fn set_fast_open(fd: RawFd, queue: u32) -> io::Result<()> {
    set(fd, libc::IPPROTO_TCP, libc::TCP_FASTOPEN, c_int::try_from(queue).unwrap_or(c_int::MAX))
}

/// These systems have no such option.
#[cfg(any(target_os = "netbsd", target_os = "openbsd"))]
pub(in crate::io) fn set_fast_open(_: RawFd, _: u32) -> io::Result<()> {
    Err(io::Error::from_raw_os_error(libc::ENOPROTOOPT))
}

/// TCP_NOTSENT_LOWAT, where there is one.
#[cfg(target_os = "linux")]
pub(in crate::io) const UNSENT_MAX: Option<c_int> = Some(libc::TCP_NOTSENT_LOWAT);
#[cfg(target_os = "macos")]
pub(in crate::io) const UNSENT_MAX: Option<c_int> = Some(0x201);
#[cfg(all(bsd, not(target_os = "macos")))]
pub(in crate::io) const UNSENT_MAX: Option<c_int> = None;

/// Seconds before the first probe and between probes, and how many.
#[cfg(not(target_os = "openbsd"))]
pub(in crate::io) fn set_keep_alive_times(fd: RawFd, idle: c_int, interval: c_int, probes: c_int) -> io::Result<()> {
    #[cfg(target_os = "macos")]
    const IDLE: c_int = libc::TCP_KEEPALIVE;
    #[cfg(not(target_os = "macos"))]
    const IDLE: c_int = libc::TCP_KEEPIDLE;
    set(fd, libc::IPPROTO_TCP, IDLE, idle)?;
    set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, interval)?;
    set(fd, libc::IPPROTO_TCP, libc::TCP_KEEPCNT, probes)
}

/// The times are those of all sockets.
#[cfg(target_os = "openbsd")]
pub(in crate::io) fn set_keep_alive_times(_: RawFd, _: c_int, _: c_int, _: c_int) -> io::Result<()> {
    Ok(())
}

pub(in crate::io) fn set(fd: RawFd, level: c_int, name: c_int, value: c_int) -> io::Result<()> {
    let size = size_of::<c_int>() as socklen_t;
    // SAFETY: `size` octets of our own integer are read.
    check(unsafe { libc::setsockopt(fd, level, name, (&raw const value).cast(), size) }).map(drop)
}

pub(in crate::io) fn get(fd: RawFd, level: c_int, name: c_int) -> io::Result<c_int> {
    let mut value: c_int = 0;
    let mut size = size_of::<c_int>() as socklen_t;
    // SAFETY: at most `size` octets of our own integer are written.
    check(unsafe { libc::getsockopt(fd, level, name, (&raw mut value).cast(), &raw mut size) })?;
    Ok(value)
}

/// Whether closing drops unsent bytes and resets the connection (SO_LINGER with no time).
pub(in crate::io) fn set_linger(fd: RawFd, reset: bool) -> io::Result<()> {
    let linger = libc::linger { l_onoff: c_int::from(reset), l_linger: 0 };
    let size = size_of::<libc::linger>() as socklen_t;
    // SAFETY: `size` octets of our own struct are read.
    check(unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_LINGER, (&raw const linger).cast(), size) })
        .map(drop)
}

/// Octets written that exceed the peer's window: TCP only (SIOCOUTQNSD).
#[cfg(target_os = "linux")]
pub(in crate::io) fn unsent(fd: RawFd) -> io::Result<usize> {
    const SIOCOUTQNSD: u32 = 0x894b;
    let mut octets: c_int = 0;
    // SAFETY: the call writes one integer, which is ours.
    check(unsafe { libc::ioctl(fd, SIOCOUTQNSD as _, &raw mut octets) })?;
    Ok(usize::try_from(octets).unwrap_or(0))
}

/// Other systems count what is on its way too.
#[cfg(bsd)]
pub(in crate::io) fn unsent(_: RawFd) -> io::Result<usize> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Takes the pending error of a socket, if any.
pub(in crate::io) fn take_error(fd: RawFd) -> io::Result<Option<io::Error>> {
    let code = get(fd, libc::SOL_SOCKET, libc::SO_ERROR)?;
    Ok((code != 0).then(|| io::Error::from_raw_os_error(code)))
}

/// Fails with `EBADF` for a number that is no open descriptor.
pub(in crate::io) fn check_open(fd: RawFd) -> io::Result<()> {
    // SAFETY: F_GETFD takes and gives integers.
    check(unsafe { libc::fcntl(fd, libc::F_GETFD) }).map(drop)
}

/// Makes a foreign descriptor non-blocking and close-on-exec; on macOS, also lets its sends raise no signal.
pub(in crate::io) fn adopt(fd: RawFd) -> io::Result<()> {
    // SAFETY: F_GETFL and F_SETFL take and give integers.
    let flags = check(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    // SAFETY: as above.
    check(unsafe { libc::fcntl(fd, libc::F_SETFL, flags | libc::O_NONBLOCK) })?;
    // SAFETY: F_SETFD takes an integer.
    check(unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) })?;
    #[cfg(target_os = "macos")]
    // Fails for what is no socket, and for a socket whose peer has closed it already; that one fails anyway.
    let _ = set(fd, libc::SOL_SOCKET, libc::SO_NOSIGPIPE, 1);
    Ok(())
}
