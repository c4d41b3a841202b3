//! Input that is read and dropped while the connection closes (H1-CONN-07, H1-LIM-09).

use super::ending::Ending;
use super::parts::Parts;
use super::recv_outcome::RecvOutcome;
use super::workspace::Workspace;

/// A closing connection.
pub struct Discard<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Discard<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// Drops input while the connection closes.
    #[inline(never)]
    pub fn discard(&mut self, lent: &mut [u8]) -> RecvOutcome {
        loop {
            let (window, _, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
            let len = bytes.len();
            if len == 0 {
                break;
            }
            self.parts.recv.consume(window, len);
            self.parts.recv.trim(&mut self.ws.held);
            // Records were counted on arrival.
            if !self.parts.seals() {
                self.parts.note_dropped(len);
            }
        }
        if self.parts.dropped.is_flood(self.parts.lifecycle.phase(), &self.parts.config.limits) {
            Ending::of(self.parts, self.ws).close_now();
        }
        RecvOutcome::NeedInput
    }
}
