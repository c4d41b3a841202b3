//! What a resolver shares with its threads.

use super::lookup::Lookup;
use super::table::Table;
use core::sync::atomic::AtomicUsize;
use std::ffi::CString;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Lives until the resolver and all its threads have ended.
pub(super) struct Shared {
    table: Mutex<Table>,
    /// A name was queued, or the resolver has ended.
    pub wake: Condvar,
    /// Look-ups that no loop has reported.
    pub unreported: Arc<AtomicUsize>,
    lookup: Lookup,
}

impl Shared {
    pub fn new(lookup: Lookup) -> Self {
        Self { table: Mutex::default(), wake: Condvar::new(), unreported: Arc::default(), lookup }
    }

    /// A panic of another thread leaves the table whole.
    pub fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a thread does until the resolver ends.
    pub fn work(&self) {
        while let Some(name) = self.next() {
            let found = (self.lookup)(&name);
            // Under the lock: a look-up is in the table or with its loop, wherever it is cancelled.
            let mut table = self.table();
            for ask in table.finish(&name) {
                ask.deliver(&found);
            }
        }
    }

    /// The next name; waits for one. `None`: the resolver has ended.
    fn next(&self) -> Option<CString> {
        let mut table = self.table();
        loop {
            if table.is_closed {
                return None;
            }
            if let Some(name) = table.take() {
                return Some(name);
            }
            table.idle += 1;
            table = self.wake.wait(table).unwrap_or_else(PoisonError::into_inner);
            table.idle -= 1;
        }
    }

    /// The threads end, each after the look-up that it is in.
    pub fn close(&self) {
        self.table().close();
        self.wake.notify_all();
    }
}
