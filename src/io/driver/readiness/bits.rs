//! The bits of an event, by the operation that handles them. The numbers are those of epoll.

use super::super::Readiness;

/// Octets or a connection.
pub const OCTETS: u32 = 0x1;
/// Room only.
pub const ROOM: u32 = 0x4;
/// An error of the socket.
pub const ERROR: u32 = 0x8;
/// Both sides have ended.
pub const HANG_UP: u32 = 0x10;
/// The peer's side has ended.
pub const PEER_END: u32 = 0x2000;
/// The system refused to watch for octets, or with [`ROOM`], for room.
pub const REFUSED: u32 = 1 << 31;

/// Handled by a read: octets, the end, and errors that the read returns.
pub const INPUT: u32 = OCTETS | PEER_END | HANG_UP | ERROR;
/// Handled by a write, which would not block: room, or an error that it returns.
pub const OUTPUT: u32 = ROOM | HANG_UP | ERROR;
/// The peer's side has ended, or both have.
pub const END: u32 = HANG_UP | PEER_END;

/// The readiness that the bits stand for.
pub fn readiness(bits: u32) -> Readiness {
    Readiness {
        readable: bits & INPUT != 0,
        writable: bits & OUTPUT != 0,
        hung_up: bits & HANG_UP != 0,
        error: bits & ERROR != 0,
    }
}
