//! What wakes the waits on a port.

use super::port::{Context, Share};
use std::io;

/// Posts to a port, which it keeps.
#[derive(Debug)]
pub(in crate::io) struct Event {
    port: Share,
    context: Context,
}

impl Event {
    /// One whose packets have this context.
    pub(in crate::io) fn of(port: Share, context: Context) -> Self {
        Self { port, context }
    }

    /// Puts a packet into the port. Fails without memory only; then the next wake-up tries again.
    pub(in crate::io) fn add(&self) -> bool {
        self.port.post(self.context).is_ok()
    }

    /// The packet is gone once it was seen.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "on other systems there is something to read")]
    pub(in crate::io) fn clear(&self) -> io::Result<()> {
        Ok(())
    }
}
