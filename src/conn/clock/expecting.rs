//! A client's wait for `100 Continue`.

use super::Reading;
use crate::conn::Conn;

impl Conn {
    /// It is over, whichever way.
    pub(in crate::conn) fn stop_waiting_for_continue(&mut self) {
        self.machine.stop_expecting();
        self.lifecycle.set_continue_due();
        self.clock.wait(Reading::Nothing);
    }
}
