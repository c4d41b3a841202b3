//! The names that are looked up or are to be, each once.

use super::ask::Ask;
use super::entry::Entry;
use crate::io::event_loop::Poster;
use core::ffi::CStr;
use std::collections::{HashMap, VecDeque};
use std::ffi::CString;

/// The names, and the threads that work on them.
#[derive(Default)]
pub(super) struct Table {
    entries: HashMap<CString, Entry>,
    /// The names that no thread has taken, first come first served.
    queue: VecDeque<CString>,
    pub threads: usize,
    /// Threads that wait for a name.
    pub idle: usize,
    pub is_closed: bool,
}

impl Table {
    /// Adds to the askers of a name, which is queued unless it is there already.
    pub fn add(&mut self, name: &CStr, ask: Ask) {
        if let Some(entry) = self.entries.get_mut(name) {
            entry.asks.push(ask);
            return;
        }
        self.entries.insert(name.to_owned(), Entry { asks: vec![ask], is_running: false });
        self.queue.push_back(name.to_owned());
    }

    /// Whether another thread would have something to do with this name in the table, and may be started.
    pub fn needs_thread(&self, name: &CStr, most: usize) -> bool {
        self.threads < most && self.queue.len() >= self.idle && !self.entries.contains_key(name)
    }

    /// The next name, for the thread that calls this to look up.
    pub fn take(&mut self) -> Option<CString> {
        let name = self.queue.pop_front()?;
        self.entries.entry(name.clone()).or_default().is_running = true;
        Some(name)
    }

    /// A name was looked up: those who asked for it.
    pub fn finish(&mut self, name: &CStr) -> Vec<Ask> {
        self.entries.remove(name).map_or_else(Vec::new, |entry| entry.asks)
    }

    /// Forgets what was asked with this token for a loop; `false`: nothing was. A name that nobody asks for any more leaves the queue; one
    /// that is being looked up stays, so that whoever asks for it next shares it.
    pub fn cancel(&mut self, poster: &Poster, token: u64) -> bool {
        let mut is_found = false;
        let Self { entries, queue, .. } = self;
        entries.retain(|name, entry| {
            let before = entry.asks.len();
            entry.asks.retain(|ask| ask.token != token || !ask.poster.is_same(poster));
            is_found |= entry.asks.len() < before;
            let stays = entry.is_running || !entry.asks.is_empty();
            if !stays {
                queue.retain(|queued| queued != name);
            }
            stays
        });
        is_found
    }

    /// Forgets who asked, and takes no more: a thread that sees it ends.
    pub fn close(&mut self) {
        self.is_closed = true;
        self.entries.clear();
    }
}
