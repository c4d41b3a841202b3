//! Completions: pulls those of one wait, one at a time, and makes them events.

use super::accepted::Accepted;
use super::batch::Batch;
use super::entry::Entry;
use super::filled::Filled;
use super::flag;
use super::pull::Pull;
use super::requests::Requests;
use super::settling::Settling;
use super::table::Table;
use super::tag::{Kind, Tag};
use super::wake::Wake;
use crate::io::driver::{Completion, Config, Key};
use crate::io::socket::Socket;
use crate::io::sys::uring::{Completed, Ring};
use std::io;

/// The remaining batch, and the data of its completions.
pub(super) struct Completions {
    batch: Batch,
    filled: Filled,
    accepted: Accepted,
    wake: Wake,
    has_more: bool,
}

impl Completions {
    pub fn new(config: &Config) -> io::Result<Self> {
        Ok(Self {
            batch: Batch::new(config.batch)?,
            filled: Filled::Nothing,
            accepted: Accepted::new(config.accepts),
            wake: Wake::new()?,
            has_more: false,
        })
    }

    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    pub fn accepted(&self) -> &Accepted {
        &self.accepted
    }

    pub fn wake(&self) -> &Wake {
        &self.wake
    }

    /// The octets of the last completion.
    #[inline]
    pub fn received<'a>(&'a mut self, ring: &'a mut Ring) -> &'a mut [u8] {
        self.filled.octets(ring)
    }

    /// Whether more may be ready than the last wait brought: the system does its work in portions.
    pub fn has_more(&self) -> bool {
        self.has_more
    }

    /// Tells the system what sockets want, and waits, unless completions are left.
    pub fn wait(&mut self, ring: &mut Ring, table: &mut Table, timeout_ms: Option<u64>) -> io::Result<usize> {
        if self.batch.is_exhausted() {
            self.filled.release(ring);
            self.batch.clear();
            self.accepted.backlog.begin_turn();
            self.renew(ring, table, true)?;
            let is_ready = !self.batch.is_exhausted() || ring.completions() != 0;
            ring.enter(if is_ready { Some(0) } else { timeout_ms })?;
            self.batch.fill(ring);
            self.has_more = ring.has_work() || ring.completions() != 0;
        }
        Ok(self.batch.left())
    }

    /// Tells the system what sockets want. One that waits on the ring is woken if something is to be reported of which the
    /// system does not know.
    pub fn flush(&mut self, ring: &mut Ring, table: &mut Table) -> io::Result<()> {
        self.renew(ring, table, false)?;
        if ring.keeps_back() {
            ring.enter(Some(0))?;
        }
        if table.is_listed() || !self.batch.is_exhausted() {
            ring.announce();
        }
        Ok(())
    }

    /// Looks after the listed sockets. Those with something to report get a place in the batch, if that `begins`, or stay
    /// listed. On failure the rest stays listed.
    fn renew(&mut self, ring: &mut Ring, table: &mut Table, begins: bool) -> io::Result<()> {
        self.wake.watch(ring)?;
        let others_lack = ring.buffers().take_lack();
        if others_lack {
            self.renew_those_who_lack(ring, table)?;
        }
        let last = table.last();
        while let Some(at) = table.pop() {
            self.renew_one(ring, table, (at, begins, others_lack)).inspect_err(|_| table.list(at))?;
            if at == last {
                break;
            }
        }
        Ok(())
    }

    /// Those for whom there was no buffer come first, or those who always have octets would leave them none.
    fn renew_those_who_lack(&mut self, ring: &mut Ring, table: &mut Table) -> io::Result<()> {
        let mut at = table.first();
        while let Some(index) = at {
            at = table.after(index);
            if let Some(entry) = table.at(index).filter(|entry| entry.has(flag::LACKS_BUFFER)) {
                Requests::new(ring, entry, index).renew(false, false)?;
            }
        }
        Ok(())
    }

    fn renew_one(
        &mut self,
        ring: &mut Ring,
        table: &mut Table,
        (index, begins, others_lack): (u32, bool, bool),
    ) -> io::Result<()> {
        let Some(entry) = table.at(index) else { return Ok(()) };
        let has_backlog = entry.has(flag::LISTENS) && self.accepted.backlog.has(index);
        if reports(entry, has_backlog) {
            if begins && self.batch.has_room() {
                self.batch.push(Completed::of_our_own(Tag::new(index, Kind::Kept).number()));
            } else {
                table.list(index);
                return Ok(());
            }
        }
        Requests::new(ring, entry, index).renew(has_backlog, others_lack)
    }

    /// The fast way: octets for one that receives. Otherwise the completion stays at the cursor.
    #[inline(always)]
    pub fn next_received(&mut self, ring: &mut Ring, table: &mut Table) -> Option<(u32, usize)> {
        self.filled.release(ring);
        let done = self.batch.current()?;
        let tag = Tag::of(done.tag);
        if tag.kind != Kind::Receive || !done.has_octets() {
            return None;
        }
        let entry = table.at(tag.index)?;
        if entry.only(flag::LIVE | flag::RECEIVE) != flag::LIVE | flag::RECEIVE {
            return None;
        }
        let token = entry.token();
        let done = self.batch.pop()?;
        self.pull(ring, table).octets(tag.index, done).map(|count| (token, count))
    }

    /// The next completion of the batch.
    #[inline(never)]
    pub fn next(&mut self, ring: &mut Ring, table: &mut Table) -> Option<Completion> {
        self.filled.release(ring);
        while let Some(done) = self.batch.pop() {
            if Tag::of(done.tag).kind == Kind::Waker {
                return Some(self.wake.woken());
            }
            if let Some(completion) = self.pull(ring, table).one(done) {
                return Some(completion);
            }
        }
        None
    }

    #[inline(always)]
    fn pull<'a>(&'a mut self, ring: &'a mut Ring, table: &'a mut Table) -> Pull<'a> {
        Pull { ring, table, batch: &mut self.batch, filled: &mut self.filled, accepted: &mut self.accepted }
    }

    /// Ends all requests of a socket. What its owner wants is asked for again, unless the socket goes.
    pub fn settle(&mut self, ring: &mut Ring, table: &mut Table, key: Key) -> io::Result<()> {
        if table.get(key)?.in_flight() == 0 {
            return Ok(());
        }
        let index = key.index;
        let Some((entry, lent)) = table.at_with_lent(index) else { return Ok(()) };
        Settling { ring, batch: &mut self.batch, accepted: &mut self.accepted, entry, lent, index }.run()?;
        table.list(index);
        Ok(())
    }

    /// Whether anything arrived for a socket that was not reported. Where completions do not fit into the batch, it may have.
    pub fn has_arrivals(&mut self, ring: &mut Ring, entry: &Entry, index: u32) -> bool {
        self.batch.fill(ring);
        let arrived = |(kind, done): (Kind, &Completed)| matches!(kind, Kind::Receive | Kind::Accept) && done.arrived();
        let is_kept = entry.keeps() || self.accepted.backlog.has(index);
        is_kept || self.batch.of(index).any(arrived) || ring.completions() != 0 || ring.has_work()
    }

    /// Takes a connection that a listener has accepted and not reported.
    pub fn take_backlog(&mut self, listener: u32) -> Option<Socket> {
        self.accepted.backlog.take(listener)
    }

    /// Ends the ring. Connections that it accepted and nobody took are closed.
    pub fn end(&mut self, ring: &mut Ring) {
        // On failure the ring keeps what the system may still write to.
        let _ = self.batch.end(ring);
        while let Some(done) = self.batch.pop() {
            if Tag::of(done.tag).kind == Kind::Accept {
                drop(done.into_accepted().map(Socket::from));
            }
        }
    }
}

/// Whether a listed socket has something to report that the system does not know of.
fn reports(entry: &Entry, has_backlog: bool) -> bool {
    if entry.has(flag::CLOSING) {
        return entry.in_flight() == 0 && !entry.has(flag::LENDS);
    }
    let receives = entry.has(flag::RECEIVE) && !entry.has(flag::CONNECT);
    let has_input = receives && entry.keeps() || entry.keeps_failure();
    has_input || entry.has(flag::RELEASED) || entry.has_news_of_ends() || entry.has(flag::ACCEPT) && has_backlog
}
