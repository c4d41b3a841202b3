//! What a send says of a connection that has failed, and the errors of one whose own was taken already.

use crate::io::socket::Socket;
use crate::io::sys::posix;
use std::io;

/// Whether it is the connection's, and not of a side that had ended before (`EPIPE`). The system tells it once, so a later
/// receive, which finds nothing, must not take that for the end.
#[cold]
pub(super) fn is_of_connection(error: &io::Error) -> bool {
    let of_connection =
        [posix::ECONNRESET, posix::ECONNABORTED, posix::ETIMEDOUT, posix::EHOSTUNREACH, posix::ENETUNREACH];
    error.raw_os_error().is_some_and(|number| of_connection.contains(&number))
}

/// Of a connection that a send found failed.
#[cold]
pub(super) fn reset() -> io::Error {
    io::Error::from_raw_os_error(posix::ECONNRESET)
}

/// Of a connect that a send found failed.
#[cold]
pub(super) fn refused() -> io::Error {
    io::Error::from_raw_os_error(posix::ECONNREFUSED)
}

/// Whether a send of a file that took only a part, and not for lack of room, has taken the error of the connection. The
/// system sends a file in steps: where one of them fails, it tells what those before have sent, and the error is lost.
pub(super) fn is_hidden(taken: usize, asked: usize, socket: &Socket) -> bool {
    (1..asked).contains(&taken) && !socket.has_peer()
}
