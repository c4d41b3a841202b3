//! Why a datagram was not sent.

use crate::io::sys::datagram::chunk;
use crate::io::sys::posix;
use core::fmt;
use std::io;

/// Why the first datagram of a list was not sent.
#[derive(Debug)]
pub enum SendError {
    /// The send buffer is full: send again when the socket is writable.
    WouldBlock,
    /// It is longer than a datagram may be, or than the path allows if fragments are forbidden; or its segments have
    /// more than [`OCTETS_MAX`](super::Outgoing::OCTETS_MAX) octets together.
    TooLong,
    /// It would be cut into more than [`SEGMENTS_MAX`](super::Outgoing::SEGMENTS_MAX) segments.
    TooManySegments,
    /// The system refused this datagram: `ENETUNREACH` and `EHOSTUNREACH` without a route, `EDESTADDRREQ` without a peer,
    /// `EACCES` for a broadcast address, `EAFNOSUPPORT` for a peer of the other family, and as sendmsg(2) says.
    System(io::Error),
}

impl From<io::Error> for SendError {
    fn from(error: io::Error) -> Self {
        match error.raw_os_error() {
            Some(posix::EAGAIN) => Self::WouldBlock,
            Some(posix::EMSGSIZE) => Self::TooLong,
            _ => Self::System(error),
        }
    }
}

impl From<SendError> for io::Error {
    fn from(error: SendError) -> Self {
        match error {
            SendError::WouldBlock => Self::from_raw_os_error(posix::EAGAIN),
            SendError::TooLong => Self::from_raw_os_error(posix::EMSGSIZE),
            SendError::TooManySegments => Self::from_raw_os_error(posix::EINVAL),
            SendError::System(error) => error,
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WouldBlock => f.write_str("the send buffer is full"),
            Self::TooLong => f.write_str("the datagram is too long"),
            Self::TooManySegments => {
                write!(f, "the datagram has more than {} segments: use a larger segment", chunk::CAPACITY)
            }
            Self::System(error) => write!(f, "the system refused the datagram: {error}"),
        }
    }
}

impl core::error::Error for SendError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_keep_their_number() {
        for code in [posix::EAGAIN, posix::EMSGSIZE, posix::ENETUNREACH] {
            let error = SendError::from(io::Error::from_raw_os_error(code));
            assert_eq!(matches!(error, SendError::WouldBlock), code == posix::EAGAIN);
            assert_eq!(matches!(error, SendError::TooLong), code == posix::EMSGSIZE);
            assert_eq!(io::Error::from(error).raw_os_error(), Some(code));
        }
        assert_eq!(io::Error::from(SendError::TooManySegments).kind(), io::ErrorKind::InvalidInput);
    }
}
