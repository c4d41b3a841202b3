//! What other threads have on its way to each connection, piece by piece: each connection has a share of so many octets, and who posts beyond
//! it waits for that connection alone.
//!
//! A piece counts from the time that it is posted until its connection has it in its queue or misses it, wherever it waits meanwhile. Any
//! thread; takes a lock. Knows nothing of what was posted, and never looks at a connection.

use super::id::Id;
use super::until::Until;
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

static GONE: Fault = Fault::new(Code::Gone, 0, c"", c"the connection of this id has ended");

/// How many connections that have ended are remembered. Who posts to one that was forgotten is told at the next piece.
const GONE_MAX: usize = 1024;

/// The shares of all connections of a server. Clones are the same.
#[derive(Clone)]
pub(super) struct Shares(Arc<Table>);

struct Table {
    /// Octets of one share.
    most: usize,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    used: HashMap<Id, Used>,
    /// Connections that have ended, in the order in which they were found so.
    gone: HashSet<Id>,
    gone_order: VecDeque<Id>,
    is_closed: bool,
}

/// What is used of a share.
#[derive(Default)]
struct Used {
    octets: usize,
    waiters: usize,
    /// There is room, or will be none.
    change: Option<Arc<Condvar>>,
}

/// Part of a connection's share, until dropped.
pub(super) struct Share {
    table: Arc<Table>,
    id: Id,
    octets: usize,
}

impl Shares {
    /// Shares of so many octets. One piece always may be on its way.
    pub fn new(most: usize) -> Self {
        Self(Arc::new(Table { most, entries: Mutex::default() }))
    }

    /// Takes so many octets of the share of a connection, if it has them. Fails with `Gone` where the connection is known to have
    /// ended, and with `Nomem`.
    pub fn take(&self, id: Id, octets: usize) -> Result<Option<Share>, Error> {
        self.take_of(id, octets, self.0.most)
    }

    /// The same of what may go beyond the share.
    pub fn take_always(&self, id: Id, octets: usize) -> Result<Option<Share>, Error> {
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

    /// Waits until so many octets may be taken; whether they may. Fails with `Gone` when the connection has ended, and with `Nomem`.
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

    /// The connection has ended: who posts to it is told.
    pub fn end(&self, id: Id) {
        let mut entries = self.0.lock();
        let has_room = entries.gone.try_reserve(1).is_ok() && entries.gone_order.try_reserve(1).is_ok();
        if has_room && entries.gone.insert(id) {
            entries.gone_order.push_back(id);
            if entries.gone_order.len() > GONE_MAX
                && let Some(oldest) = entries.gone_order.pop_front()
            {
                entries.gone.remove(&oldest);
            }
        }
        entries.tell(id);
    }

    /// The server has ended: all who wait are told.
    pub fn close(&self) {
        let mut entries = self.0.lock();
        entries.is_closed = true;
        for used in entries.used.values() {
            used.tell();
        }
    }
}

impl Table {
    /// Nothing panics while the lock is held, so that a poisoned table is a sound one.
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn check(&self, id: Id) -> Result<(), Error> {
        if self.is_closed || self.gone.contains(&id) { Err(GONE.at(0)) } else { Ok(()) }
    }

    /// One piece always may.
    fn has_room(&self, id: Id, octets: usize, most: usize) -> bool {
        let used = self.used.get(&id).map_or(0, |used| used.octets);
        used == 0 || used.saturating_add(octets) <= most
    }

    fn tell(&self, id: Id) {
        if let Some(used) = self.used.get(&id) {
            used.tell();
        }
    }

    fn forget_unused(&mut self, id: Id) {
        if self.used.get(&id).is_some_and(|used| used.octets == 0 && used.waiters == 0) {
            self.used.remove(&id);
        }
    }
}

impl Used {
    fn tell(&self) {
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
            used.tell();
        }
        entries.forget_unused(self.id);
    }
}

#[cfg(test)]
mod tests;
