//! ICMP errors: news of an earlier datagram, which the system returns from the next call of any kind.

use crate::io::sys::NO_NETWORK;
use crate::io::sys::posix;
use core::sync::atomic::{AtomicI32, Ordering};
use std::io;

/// The error of an earlier datagram that a send came upon, kept for the next receive.
#[derive(Debug)]
pub struct Undelivered(AtomicI32);

impl Undelivered {
    pub const fn none() -> Self {
        Self(AtomicI32::new(0))
    }

    /// Keeps an error of the system in place of the one before.
    pub fn keep(&self, error: &io::Error) {
        self.0.store(error.raw_os_error().unwrap_or(0), Ordering::Relaxed);
    }

    /// Whether an error is kept.
    pub fn is_some(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// Takes the kept error.
    #[inline]
    pub fn take(&self) -> Option<io::Error> {
        // A load first: a swap would cost more than all the rest that we add to a receive.
        if self.0.load(Ordering::Relaxed) == 0 {
            return None;
        }
        let code = self.0.swap(0, Ordering::Relaxed);
        (code != 0).then(|| io::Error::from_raw_os_error(code))
    }
}

/// Whether an error may be news by ICMP or ICMPv6: those that systems make of their types and codes. All but
/// `ECONNREFUSED` may also be of the datagram that is being sent.
pub fn is_icmp(error: &io::Error) -> bool {
    const UNREACHABLE: [i32; 5] =
        [posix::ECONNREFUSED, posix::EHOSTUNREACH, posix::ENETUNREACH, posix::EHOSTDOWN, posix::EACCES];
    const REJECTED: [i32; 4] = [posix::EMSGSIZE, posix::ENOPROTOOPT, posix::EOPNOTSUPP, posix::EPROTO];
    let is_known = |code| UNREACHABLE.contains(&code) || REJECTED.contains(&code) || Some(code) == NO_NETWORK;
    error.raw_os_error().is_some_and(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_taken_once() {
        let undelivered = Undelivered::none();
        assert!(undelivered.take().is_none());
        undelivered.keep(&io::Error::from_raw_os_error(posix::EHOSTUNREACH));
        undelivered.keep(&io::Error::from_raw_os_error(posix::ECONNREFUSED));
        assert_eq!(undelivered.take().unwrap().raw_os_error(), Some(posix::ECONNREFUSED));
        assert!(undelivered.take().is_none());
    }

    #[test]
    fn errors_of_the_call_are_no_news() {
        for code in [posix::ECONNREFUSED, posix::EHOSTUNREACH, posix::EACCES, posix::EMSGSIZE, posix::EPROTO] {
            assert!(is_icmp(&io::Error::from_raw_os_error(code)), "{code}");
        }
        for code in [posix::EAGAIN, posix::EBADF, posix::ENOTSOCK, posix::EINVAL, posix::EFAULT, posix::ENOMEM] {
            assert!(!is_icmp(&io::Error::from_raw_os_error(code)), "{code}");
        }
        assert!(!is_icmp(&io::ErrorKind::ConnectionRefused.into()), "not the system's");
    }
}
