//! The thread that a ring belongs to.

use std::process;
use std::thread::{self, ThreadId};

/// A thread of a process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner {
    thread: ThreadId,
    process: u32,
}

impl Owner {
    /// The calling thread.
    pub fn this() -> Self {
        Self { thread: thread::current().id(), process: process::id() }
    }

    pub fn is_this_thread(self) -> bool {
        self.thread == thread::current().id()
    }

    /// False in a forked child.
    pub fn is_this_process(self) -> bool {
        self.process == process::id()
    }
}
