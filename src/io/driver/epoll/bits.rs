//! The bits of an epoll event, by the operation that handles them.

use super::super::Readiness;

/// Handled by a read: octets, the end, and errors that the read returns.
pub const INPUT: u32 = (libc::EPOLLIN | libc::EPOLLRDHUP | libc::EPOLLHUP | libc::EPOLLERR) as u32;
/// Handled by a write, which would not block: room, or an error that it returns.
pub const OUTPUT: u32 = (libc::EPOLLOUT | libc::EPOLLHUP | libc::EPOLLERR) as u32;
/// Room only.
pub const ROOM: u32 = libc::EPOLLOUT as u32;
/// An error of the socket.
pub const ERROR: u32 = libc::EPOLLERR as u32;
/// Both sides have ended.
pub const HANG_UP: u32 = libc::EPOLLHUP as u32;
/// The peer's side has ended, or both have.
pub const END: u32 = (libc::EPOLLHUP | libc::EPOLLRDHUP) as u32;

/// The readiness that the bits stand for.
pub fn readiness(bits: u32) -> Readiness {
    Readiness {
        readable: bits & INPUT != 0,
        writable: bits & OUTPUT != 0,
        hung_up: bits & HANG_UP != 0,
        error: bits & ERROR != 0,
    }
}
