//! A stand-in for the system's names: each look-up waits until the test lets its name through.

use crate::error::Error;
use crate::io::resolver::unresolved;
use crate::io::sys::posix;
use core::net::SocketAddr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Condvar, Mutex, MutexGuard};

/// `both…` is a name with an address of each family, `v4…` with one of IPv4, `none…` does not exist.
#[derive(Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
pub struct State {
    /// Every name, as often as it was looked up.
    pub calls: BTreeMap<String, usize>,
    pub running: BTreeSet<String>,
    /// The most at a time.
    pub most: usize,
    open: BTreeSet<String>,
    is_open: bool,
}

impl Gate {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    pub fn calls(&self, name: &str) -> usize {
        self.state().calls.get(name).copied().unwrap_or(0)
    }

    /// Waits until a thread is looking this name up.
    pub fn wait_for(&self, name: &str) {
        drop(self.changed.wait_while(self.state(), |state| !state.running.contains(name)).expect("no panic"));
    }

    /// Lets a name through, from now on.
    pub fn open(&self, name: &str) {
        self.state().open.insert(name.to_owned());
        self.changed.notify_all();
    }

    /// Lets every name through.
    pub fn open_all(&self) {
        self.state().is_open = true;
        self.changed.notify_all();
    }

    pub fn look_up(&self, name: &str) -> Result<Vec<SocketAddr>, Error> {
        let mut state = self.state();
        *state.calls.entry(name.to_owned()).or_default() += 1;
        let is_only_one = state.running.insert(name.to_owned());
        state.most = state.most.max(state.running.len());
        self.changed.notify_all();
        let mut state =
            self.changed.wait_while(state, |state| !state.is_open && !state.open.contains(name)).expect("no panic");
        state.running.remove(name);
        drop(state);
        // A thread's panic would be nobody's: this makes the look-up, and so the test, fail.
        let found: &[&str] = match name {
            _ if !is_only_one => &[],
            _ if name.starts_with("both") => &["[2001:db8::1]:0", "192.0.2.1:0"],
            _ if name.starts_with("v4") => &["192.0.2.4:0"],
            _ => &[],
        };
        if found.is_empty() {
            return Err(unresolved(posix::EAI_NONAME));
        }
        Ok(found.iter().map(|text| text.parse().expect("an address")).collect())
    }
}
