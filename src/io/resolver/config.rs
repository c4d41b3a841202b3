//! How a resolver behaves.

use crate::error::{Code, Error, Fault};

static THREADS: Fault = Fault::new(Code::Argument, 0, c"", c"the threads of a resolver are not from 1 to 16");
static WAITING: Fault = Fault::new(Code::Argument, 0, c"", c"`waiting_max` of a resolver is not from 1 to 65,536");

/// How a resolver behaves.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// The most threads, and so the most names that are looked up at a time. Default 2, at most 16.
    pub threads: u32,
    /// The most look-ups that have been asked for and not been reported. Default 1,024, at most 65,536.
    pub waiting_max: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { threads: 2, waiting_max: 1 << 10 }
    }
}

impl Config {
    /// What is out of range, as `Argument`.
    pub(super) fn check(&self) -> Result<(), Error> {
        if !(1..=16).contains(&self.threads) {
            return Err(THREADS.at(0));
        }
        if (1..=1 << 16).contains(&self.waiting_max) { Ok(()) } else { Err(WAITING.at(0)) }
    }
}
