//! Completions of the driver, each to where it belongs.

use super::accept::LISTENER;
use super::slots::{Live, flag};
use super::{Event, Server, kernel};
use crate::conn::Workspace;
use crate::error::Error;
use crate::io::driver;
use std::io;

impl Server {
    /// What a completion leads to; most begin the turn of a connection.
    #[inline(never)]
    pub(super) fn complete(&mut self, token: u32, event: driver::Event) -> Result<Option<Event>, Error> {
        let index = token;
        match event {
            driver::Event::Sent(_) => {
                self.slots.get_mut(index).set(flag::BLOCKED, false);
                self.turn = index;
                return Ok(self.settle());
            }
            driver::Event::Accepted(result) => return self.accepted((token & !LISTENER) as usize, result),
            driver::Event::Received(Ok(len)) if len > 0 => self.received(index, len),
            driver::Event::Received(result) => self.input_ended(index, result),
            driver::Event::Record(kind) => self.record_received(index, kind),
            driver::Event::Woken => self.woken(),
            driver::Event::HungUp { both } => self.hung_up(index, both),
            _ => {}
        }
        Ok(None)
    }

    fn received(&mut self, index: u32, len: usize) {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return };
        self.stats.octets_in += len as u64;
        self.lent = lend(live, &mut self.ws, len, self.time.now);
        self.turn = index;
    }

    /// The peer ended its side, or the connection failed.
    fn input_ended(&mut self, index: u32, result: io::Result<usize>) {
        let slot = self.slots.get_mut(index);
        slot.set(flag::READING, false);
        let Some(live) = slot.live.as_mut() else { return };
        match result {
            Ok(_) => live.conn.receive_eof(&mut self.ws, true, self.time.now),
            Err(error) => kernel::receive_failed(&mut live.conn, &mut self.ws, &error, self.time.now),
        }
        self.turn = index;
    }

    /// The end of a connection that is not read. What it still has to say is read in its turn, but for what lies behind a request that it
    /// will not hear the answer to: there is nobody to answer.
    fn hung_up(&mut self, index: u32, both: bool) {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return };
        if both && live.conn.owes_answer() {
            live.conn.abort(&mut self.ws, self.time.now);
        } else {
            live.conn.announce_end(self.time.now);
        }
        self.turn = index;
    }
}

/// Lends octets that were received; whether they were taken.
#[inline(always)]
pub(super) fn lend(live: &mut Live, ws: &mut Workspace, len: usize, now: u64) -> bool {
    let is_lent = live.conn.receive(ws, len, now).is_ok();
    if !is_lent {
        // Octets that nobody takes would be missing from the stream.
        debug_assert!(false, "received though the connection does not read");
        live.conn.abort(ws, now);
    }
    is_lent
}
