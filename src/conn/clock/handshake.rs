//! The wait for the end of a TLS handshake: one of its own, which nothing extends, and no other for the peer's octets beside it.

use super::NEVER;
#[cfg(feature = "tls")]
use super::{Clock, Moment};
use crate::conn::Conn;
use crate::error::{Code, Error, Fault};

static OVERDUE: Fault = Fault::new(Code::TlsTimeout, 0, c"", c"the TLS handshake was not done in time");
/// It took too long.
pub(super) const SLOW: Error = OVERDUE.at(0);

#[cfg(feature = "tls")]
impl Clock {
    /// The time as of the last call that brought it.
    pub fn now(&self) -> Moment {
        self.now
    }
}

impl Conn {
    /// When the handshake has taken too long.
    pub(super) fn handshake_deadline(&self, now: u64) -> u64 {
        match self.handshake_begun() {
            Some(begun) if self.lifecycle.is_open() => begun.plus(self.config.clocks.handshake_ms, now),
            _ => NEVER,
        }
    }

    /// Whether a handshake is waited for.
    pub(in crate::conn) fn is_handshaking(&self) -> bool {
        self.handshake_begun().is_some()
    }
}
