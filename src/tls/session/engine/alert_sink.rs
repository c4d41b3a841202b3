//! A sink that intercepts rustls' alert, so that it can be changed before it goes to the peer.

use crate::error::Error;
use crate::memory::NO_MEMORY;
use crate::tls::Sink;

/// Room for one record with an alert.
const ROOM: usize = 64;

/// Accepts an alert, but nothing larger.
pub(super) struct AlertSink {
    octets: [u8; ROOM],
    len: usize,
}

impl AlertSink {
    pub fn new() -> Self {
        Self { octets: [0; ROOM], len: 0 }
    }

    /// Queues the alert. An unencrypted one is replaced by `alert`. Without memory nothing is sent.
    pub fn pass_on(mut self, alert: u8, out: &mut impl Sink) {
        // Encrypted, an alert is longer.
        if let [21, 3, _, 0, 2, _, description] = &mut self.octets[..self.len] {
            *description = alert;
        }
        if self.len != 0
            && let Ok(room) = out.room(self.len)
        {
            room.copy_from_slice(&self.octets[..self.len]);
            out.commit(self.len);
        }
    }
}

impl Sink for AlertSink {
    fn room(&mut self, len: usize) -> Result<&mut [u8], Error> {
        self.octets[self.len..].get_mut(..len).ok_or(NO_MEMORY)
    }

    fn commit(&mut self, len: usize) {
        self.len += len;
    }
}
