//! Classes of accept errors.

use crate::io::sys;
use crate::io::sys::posix;
use core::fmt;
use std::io;

/// An accept error, by what to do about it.
#[derive(Debug)]
pub enum AcceptError {
    /// No connection is queued.
    WouldBlock,
    /// The first queued connection, or its network, failed: accept again at once.
    Transient(io::Error),
    /// Out of descriptors or memory. The connection stays queued, so accepting again at once would spin: wait until
    /// something has been closed.
    Exhausted(io::Error),
    /// The socket cannot accept, now or later.
    Fatal(io::Error),
}

impl From<io::Error> for AcceptError {
    /// accept(2) returns errors of the pending connection and its network as its own, and says to try again.
    fn from(error: io::Error) -> Self {
        match error.raw_os_error() {
            Some(posix::EAGAIN) => Self::WouldBlock,
            Some(posix::EMFILE | posix::ENFILE | posix::ENOBUFS | posix::ENOMEM) => Self::Exhausted(error),
            Some(code) if is_of_the_connection(code) => Self::Transient(error),
            _ => Self::Fatal(error),
        }
    }
}

fn is_of_the_connection(code: i32) -> bool {
    // Windows calls a connection that the peer has reset before it was accepted a reset one; others an aborted one.
    const CONNECTION: [i32; 6] =
        [posix::ECONNABORTED, posix::ECONNRESET, posix::EINTR, posix::EPERM, posix::EPROTO, posix::ETIMEDOUT];
    const NETWORK: [i32; 5] =
        [posix::ENETDOWN, posix::ENETUNREACH, posix::EHOSTDOWN, posix::EHOSTUNREACH, posix::ENOPROTOOPT];
    CONNECTION.contains(&code) || NETWORK.contains(&code) || Some(code) == sys::NO_NETWORK
}

impl fmt::Display for AcceptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WouldBlock => f.write_str("no connection waits"),
            Self::Transient(e) => write!(f, "a waiting connection was lost: {e}"),
            Self::Exhausted(e) => write!(f, "no resources to accept with: {e}"),
            Self::Fatal(e) => write!(f, "the listening socket failed: {e}"),
        }
    }
}

impl core::error::Error for AcceptError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::socket::Socket;

    fn class(code: i32) -> &'static str {
        match AcceptError::from(io::Error::from_raw_os_error(code)) {
            AcceptError::WouldBlock => "would block",
            AcceptError::Transient(_) => "transient",
            AcceptError::Exhausted(_) => "exhausted",
            AcceptError::Fatal(_) => "fatal",
        }
    }

    #[test]
    fn every_error_of_accept_has_its_class() {
        assert_eq!(class(posix::EAGAIN), "would block");
        for code in
            [posix::ECONNABORTED, posix::EPROTO, posix::EINTR, posix::EPERM, posix::ENETDOWN, posix::EHOSTUNREACH]
        {
            assert_eq!(class(code), "transient", "{code}");
        }
        for code in [posix::EMFILE, posix::ENFILE, posix::ENOBUFS, posix::ENOMEM] {
            assert_eq!(class(code), "exhausted", "{code}");
        }
        for code in [posix::EBADF, posix::EINVAL, posix::ENOTSOCK, posix::EFAULT, posix::EOPNOTSUPP] {
            assert_eq!(class(code), "fatal", "{code}");
        }
    }

    #[test]
    fn a_socket_that_does_not_listen_is_fatal() {
        let (socket, _other) = Socket::pair().unwrap();
        assert!(matches!(socket.accept(), Err(AcceptError::Fatal(_))));
    }
}
