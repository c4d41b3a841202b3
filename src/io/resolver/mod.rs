//! Host names to addresses on threads of its own, each result a completion of an event loop.
//!
//! The only part of [`io`](crate::io) that starts threads: `getaddrinfo` blocks for as long as a name server takes. They are
//! few, take no signals, and wait when there is nothing to do. A name that blocks occupies one of them; the others serve the
//! other names, and no loop ever waits.
//!
//! One look-up per name at a time: who asks for a name that is being looked up shares the result. So a name is looked up
//! for both families, and each asker gets the addresses of the family that it wants. Addresses in numbers, and `localhost`
//! with the names below it (RFC 6761 §6.3), need no thread. Nothing is cached.
//!
//! Any thread may call. A call waits for nothing but a short lock.

mod ask;
mod config;
mod entry;
mod lookup;
mod name;
mod permit;
mod resolved;
mod shared;
mod table;
#[cfg(test)]
mod tests;
mod unresolved;

use crate::error::{Code, Error, Fault};
use crate::happy_eyeballs::Family;
use crate::io::event_loop::EventLoop;
use crate::io::{fault, sys};
use ask::Ask;
use core::ffi::CStr;
use core::fmt;
use name::Name;
use permit::Permit;
use shared::Shared;
use std::sync::Arc;

pub use config::Config;
pub use lookup::{Lookup, system};
pub use resolved::Resolved;
pub use unresolved::{eai, reason_of, unresolved};

static FULL: Fault = Fault::new(
    Code::Limit,
    0,
    c"",
    c"as many look-ups wait or are not reported yet as `waiting_max` of the resolver allows",
);

/// Looks names up for any number of loops. Dropping it cancels its look-ups without waiting for any: a thread in the middle of
/// one ends after it.
pub struct Resolver {
    shared: Arc<Shared>,
    config: Config,
}

impl Resolver {
    /// A resolver that asks the system. Starts no thread yet. Fails with `Argument` for a config out of range.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Self::with_lookup(config, Box::new(system))
    }

    /// A resolver that calls `lookup`, on its threads.
    pub fn with_lookup(config: &Config, lookup: Lookup) -> Result<Self, Error> {
        config.check()?;
        Ok(Self { shared: Arc::new(Shared::new(lookup)), config: *config })
    }

    /// Looks `name` up: one [`Event::Resolved`](crate::io::event_loop::Event::Resolved) of the loop follows, with `token` and the
    /// addresses with `port`, of `family` or, with `None`, of both.
    ///
    /// Fails with `Argument` (an empty name, one of more than 253 octets or with a NUL, a malformed literal), with `Limit` when as many
    /// look-ups as allowed are not reported, and with `System` when there is no thread and none can be started. Allocates.
    pub fn look_up(
        &self,
        event_loop: &EventLoop,
        name: &[u8],
        port: u16,
        family: Option<Family>,
        token: u64,
    ) -> Result<(), Error> {
        let name = Name::read(name)?;
        let permit = Permit::take(&self.shared.unreported, self.config.waiting_max as usize).ok_or(FULL.at(0))?;
        let ask = Ask { poster: event_loop.poster(), token, port, family, permit };
        match name {
            Name::Known(addresses) => ask.deliver(&Ok(addresses)),
            Name::Unknown(name) => self.queue(&name, ask)?,
        }
        Ok(())
    }

    /// Leaves a name to the threads, of which there is one more if all are busy.
    fn queue(&self, name: &CStr, ask: Ask) -> Result<(), Error> {
        let mut table = self.shared.table();
        if table.needs_thread(name, self.config.threads as usize) {
            match self.start() {
                Ok(()) => table.threads += 1,
                Err(error) if table.threads == 0 => return Err(error),
                // Those that are there will come to it.
                Err(_) => {}
            }
        }
        table.add(name, ask);
        drop(table);
        self.shared.wake.notify_one();
        Ok(())
    }

    /// Starts a thread, which waits for the table.
    fn start(&self) -> Result<(), Error> {
        let shared = Arc::clone(&self.shared);
        let builder = std::thread::Builder::new().name("wireway-names".to_owned());
        let started = sys::mask::blocked(|| builder.spawn(move || shared.work()));
        started.map(drop).map_err(|error| fault(&error))
    }

    /// Cancels the look-ups of the loop with this token, of which no completion comes then. `false`: there is none, or it was reported.
    /// A thread that is looking the name up goes on.
    pub fn cancel(&self, event_loop: &mut EventLoop, token: u64) -> bool {
        let waited = self.shared.table().cancel(&event_loop.poster(), token);
        // What is in neither place was not there: a thread takes it from the table and gives it to the loop under the table's lock.
        event_loop.cancel_resolved(token) | waited
    }
}

impl Drop for Resolver {
    fn drop(&mut self) {
        self.shared.close();
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").field("config", &self.config).finish_non_exhaustive()
    }
}
