//! A client's wait for `100 Continue`.

use super::Reading;
use crate::conn::{Conn, bit};

impl Conn {
    /// It is over, whichever way.
    pub(in crate::conn) fn stop_waiting_for_continue(&mut self) {
        self.machine.stop_expecting();
        self.set(bit::CONTINUE_DUE, true);
        self.clock.wait(Reading::Nothing);
    }
}
