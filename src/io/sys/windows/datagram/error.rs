//! ICMP errors under their usual numbers.

use std::io;
use windows_sys::Win32::Networking::WinSock::{WSAECONNREFUSED, WSAECONNRESET, WSAEHOSTUNREACH, WSAENETRESET};

/// An error of a call on a datagram socket. Windows calls the ICMP message of a closed port a reset connection, and that of a
/// datagram whose hops have run out a reset network.
pub(in crate::io::sys::windows) fn told(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(WSAECONNRESET) => io::Error::from_raw_os_error(WSAECONNREFUSED),
        Some(WSAENETRESET) => io::Error::from_raw_os_error(WSAEHOSTUNREACH),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_datagrams_cannot_be_is_an_icmp_message() {
        let number = |of| told(io::Error::from_raw_os_error(of)).raw_os_error();
        assert_eq!(number(WSAECONNRESET), Some(WSAECONNREFUSED));
        assert_eq!(number(WSAENETRESET), Some(WSAEHOSTUNREACH));
        assert_eq!(number(WSAEHOSTUNREACH), Some(WSAEHOSTUNREACH));
    }
}
