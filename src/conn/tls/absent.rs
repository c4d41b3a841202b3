//! A library without TLS: under every connection lies its transport.

use crate::conn::Conn;
use crate::conn::event::Event;
use crate::conn::send_queue::SendQueue;
use crate::conn::timers::Millis32;
use crate::conn::workspace::{Blocks, Workspace};
use crate::error::Error;
use crate::http1::machine::NOT_NOW;

#[allow(clippy::unused_self, reason = "as in the library with TLS")]
impl Conn {
    /// Nothing is to be done before output is shown.
    #[inline(always)]
    pub fn seal(&mut self, _: &mut Workspace) {}

    pub(super) fn secure_again(&mut self, _: &mut Workspace, _: Self) -> Result<(), Error> {
        Ok(())
    }

    pub(super) fn handshake_begun(&self) -> Option<Millis32> {
        None
    }

    pub(super) fn tls_bits(&self) -> u32 {
        0
    }

    pub(super) fn open_lend(&mut self, _: &mut Workspace, _: &mut [u8]) -> Result<(), Error> {
        Ok(())
    }

    pub(super) fn close_lend(&mut self) {}

    pub(super) fn end_records(&mut self) {}

    pub(super) fn ignores_input(&self) -> bool {
        false
    }

    pub(super) fn conclude(&mut self, _: &mut Workspace) {}

    #[inline(always)]
    pub(super) fn transport_output<'a>(&self, ws: &'a Workspace) -> (&SendQueue, &'a Blocks) {
        (&self.queue, &ws.blocks)
    }

    pub(super) fn has_room(&self) -> bool {
        true
    }

    pub(super) fn has_failed(&self) -> bool {
        false
    }

    /// Whether there are octets for the transport.
    pub fn has_output(&self) -> bool {
        self.queue.queued() > 0
    }

    pub(super) fn sent_records(&mut self, _: &mut Workspace, _: usize) -> Result<(), Error> {
        Err(NOT_NOW)
    }

    pub(super) fn end_of_tls(&mut self, _: &mut Workspace) -> Option<Event> {
        None
    }

    /// Only a service asks.
    #[cfg(feature = "service")]
    #[inline(always)]
    pub(crate) fn wants_kernel(&self) -> bool {
        false
    }

    #[cfg(feature = "service")]
    #[inline(always)]
    pub(crate) fn is_in_kernel(&self) -> bool {
        false
    }

    pub(super) fn hurries(&self) -> bool {
        false
    }

    pub(super) fn hurry(&mut self) {}

    pub(super) fn abandon_records(&mut self) {}

    pub(super) fn records_memory(&self, _: &Workspace) -> usize {
        0
    }

    pub(super) fn clear_records(&mut self, _: &mut Workspace) {}
}
