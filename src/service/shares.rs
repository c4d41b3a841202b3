//! Shares: each connection has a limit on the octets in transit from other threads, so a thread that exceeds it waits
//! for that connection alone.
//!
//! A piece counts from its post until its connection has it in its queue or misses it. Any thread; takes a lock.

use super::id::Id;
use super::until::Until;
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

static GONE: Fault = Fault::new(Code::Gone, 0, c"", c"the connection of this id has ended");

/// How many ended connections are remembered. Posters to a forgotten one get the error at the next piece.
const ENDED_MAX: usize = 1024;

/// The shares of all connections of a server. Clones share them.
#[derive(Clone)]
pub(super) struct Shares(Arc<Table>);

struct Table {
    /// Size of a share in octets.
    most: usize,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    used: HashMap<Id, Used>,
    /// Ended connections, in order of detection.
    ended: HashSet<Id>,
    ended_order: VecDeque<Id>,
    is_closed: bool,
}

/// The use of a share.
#[derive(Default)]
struct Used {
    octets: usize,
    waiters: usize,
    /// Signals room, or the end.
    change: Option<Arc<Condvar>>,
}

/// Part of a connection's share, until dropped.
pub(super) struct Share {
    table: Arc<Table>,
    id: Id,
    octets: usize,
}

impl Shares {
    /// Shares of `most` octets. One piece is always allowed.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Table { most, entries: Mutex::default() }))
    }

    /// Reserves octets of a connection's share; `None` if there is no room. Fails with `Gone` if the connection is
    /// known to have ended, and with `Nomem`.
    pub fn take(&self, id: Id, octets: usize) -> Result<Option<Share>, Error> {
        self.take_of(id, octets, self.0.most)
    }

    /// The same for what may exceed the share.
    pub fn take_beyond(&self, id: Id, octets: usize) -> Result<Option<Share>, Error> {
        self.take_of(id, octets, usize::MAX)
    }

    fn take_of(&self, id: Id, octets: usize, most: usize) -> Result<Option<Share>, Error> {
        let mut entries = self.0.lock();
        entries.check(id)?;
        if !entries.has_room(id, octets, most) {
            return Ok(None);
        }
        entries.used.try_reserve(1).map_err(|_| NO_MEMORY)?;
        entries.used.entry(id).or_default().octets += octets;
        Ok(Some(Share { table: self.0.clone(), id, octets }))
    }

    /// Waits until `octets` octets fit; `false` on timeout. Fails with `Gone` if the connection has ended, and with
    /// `Nomem`.
    pub fn wait(&self, id: Id, octets: usize, until: Until) -> Result<bool, Error> {
        let mut entries = self.0.lock();
        loop {
            entries.check(id)?;
            if entries.has_room(id, octets, self.0.most) {
                return Ok(true);
            }
            if until.is_over() {
                return Ok(false);
            }
            // Full, so that there is an entry.
            let used = entries.used.entry(id).or_default();
            used.waiters += 1;
            let change = used.change.get_or_insert_default().clone();
            entries = until.sleep(&change, entries);
            entries.used.entry(id).or_default().waiters -= 1;
            entries.forget_unused(id);
        }
    }

    /// The connection has ended: waiters are notified.
    pub fn end(&self, id: Id) {
        let mut entries = self.0.lock();
        let has_room = entries.ended.try_reserve(1).is_ok() && entries.ended_order.try_reserve(1).is_ok();
        if has_room && entries.ended.insert(id) {
            entries.ended_order.push_back(id);
            if entries.ended_order.len() > ENDED_MAX
                && let Some(oldest) = entries.ended_order.pop_front()
            {
                entries.ended.remove(&oldest);
            }
        }
        entries.notify(id);
    }

    /// The server has ended: all waiters are notified.
    pub fn close(&self) {
        let mut entries = self.0.lock();
        entries.is_closed = true;
        for used in entries.used.values() {
            used.notify();
        }
    }
}

impl Table {
    /// Nothing panics while the lock is held, so a poisoned table is valid.
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn check(&self, id: Id) -> Result<(), Error> {
        if self.is_closed || self.ended.contains(&id) { Err(GONE.at(0)) } else { Ok(()) }
    }

    /// One piece is always allowed.
    fn has_room(&self, id: Id, octets: usize, most: usize) -> bool {
        let used = self.used.get(&id).map_or(0, |used| used.octets);
        used == 0 || used.saturating_add(octets) <= most
    }

    fn notify(&self, id: Id) {
        if let Some(used) = self.used.get(&id) {
            used.notify();
        }
    }

    fn forget_unused(&mut self, id: Id) {
        if self.used.get(&id).is_some_and(|used| used.octets == 0 && used.waiters == 0) {
            self.used.remove(&id);
        }
    }
}

impl Used {
    fn notify(&self) {
        if let Some(change) = &self.change {
            change.notify_all();
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut entries = self.table.lock();
        if let Some(used) = entries.used.get_mut(&self.id) {
            used.octets -= self.octets;
            used.notify();
        }
        entries.forget_unused(self.id);
    }
}

#[cfg(test)]
mod tests;
