//! An event loop, for programs that have none: a [driver](super::driver) with names for sockets, timers, posts from other
//! threads, and guests.
//!
//! ```text
//! let socket = event_loop.open(token).listen(&address, &options)?;
//! event_loop.at(socket)?.accept()?;
//! while let Some(done) = event_loop.next(None, no_guests)? {       // done.socket, done.token, done.event
//!     // Event::Received(Ok(n)): event_loop.received() is the octets, until the next call of `next`
//! }
//! ```
//!
//! What the driver promises of operations, cancels and closes holds here, under ids that are never reused and tokens of
//! 64 bits. Events are handed out in turns: one batch of the driver, then the posts that woke it, then the timers that
//! are due, then the guests that are; then the loop waits. So none of them keeps the others from their turn.
//!
//! A guest is another loop, as a server is: it has a descriptor that is readable when it has work, and a deadline. It
//! is told by [`Event::Guest`]; its owner then lets it work until it has nothing to do.
//!
//! [`Opening`] brings sockets in, [`SocketCalls`] has the operations of one. A loop belongs to one thread; a [`Poster`]
//! to any.

mod calls;
mod completion;
mod config;
mod end_told;
mod entry;
mod guests;
mod hosting;
mod id;
mod inbox;
mod opening;
mod poster;
mod posts;
mod pull;
mod refused;
mod sends;
mod sockets;
mod timers;
mod turn;
mod wants;

use crate::error::Error;
use crate::io::clock::monotonic_ms;
use crate::io::descriptor::RawWaitable;
use crate::io::driver::{Driver, Info};
use crate::io::fault;
use crate::io::resolver::Resolved;
use crate::io::socket::ReceiveBatch;
use core::fmt;
use core::net::SocketAddr;
use guests::Guests;
use inbox::Inbox;
use posts::Posts;
use pull::Pull;
use sockets::Sockets;
use std::io;
use timers::{NEVER, Timers};
use turn::Turn;

pub use calls::SocketCalls;
pub use completion::{Completion, Event};
pub use config::Config;
pub use hosting::Hosting;
pub use id::SocketId;
pub use opening::Opening;
pub use poster::{Posted, Poster};
pub use sends::Sends;

/// A loop. One thread at a time. The driver is dropped first: nothing given to it is read after that.
pub struct EventLoop {
    driver: Driver,
    sockets: Sockets,
    timers: Timers,
    posts: Posts,
    guests: Guests,
    inbox: Inbox,
    /// The addresses of the last completion.
    resolved: Vec<SocketAddr>,
    turn: Turn,
    /// The time of the turn.
    now: u64,
}

/// For a loop without guests.
pub fn no_guests(_: SocketId) -> u64 {
    NEVER
}

impl EventLoop {
    /// A loop without sockets. Allocates the driver's buffers. Fails with `Nomem` and `System`.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Self::of(Driver::new(&config.driver), config)
    }

    /// The same, for a loop that is a [guest](Hosting::host) of `host`, on the same thread.
    pub fn new_on(config: &Config, host: &Self) -> Result<Self, Error> {
        Self::of(Driver::new_on(&config.driver, &host.driver), config)
    }

    fn of(driver: io::Result<Driver>, config: &Config) -> Result<Self, Error> {
        let driver = driver.map_err(|error| fault(&error))?;
        let posts = Posts::new(Poster::new(driver.waker(), config.posts_max));
        let now = monotonic_ms();
        let (sockets, timers, guests) = (Sockets::new(), Timers::new(now), Guests::default());
        let inbox = Inbox::new(config.datagrams);
        Ok(Self { driver, sockets, timers, posts, guests, inbox, resolved: Vec::new(), turn: Turn::Wait, now })
    }

    /// The next completion; `None`: none came within `timeout` milliseconds (`None`: no limit; 0 only looks). Ends the
    /// octets of the one before. `deadline_of` answers when a guest has work even if its descriptor says nothing.
    ///
    /// Fails with `System`, and can be called again.
    pub fn next(
        &mut self,
        timeout: Option<u64>,
        deadline_of: impl Fn(SocketId) -> u64,
    ) -> Result<Option<Completion>, Error> {
        self.resolved.clear();
        let mut until = None;
        loop {
            let next = match self.turn {
                Turn::Batch => self.pull().next(),
                Turn::Posts => self.next_post(),
                Turn::Timers => {
                    let due = self.timers.expire(self.now);
                    due.map(|(number, token)| of_no_socket(token, Event::Timer(number)))
                }
                Turn::Guests(from) => self.next_guest(from, &deadline_of),
                Turn::Wait => {
                    if !self.wait(timeout, &mut until, &deadline_of)? {
                        return Ok(None);
                    }
                    None
                }
            };
            if next.is_some() {
                return Ok(next);
            }
            self.turn = self.turn.next();
        }
    }

    fn pull(&mut self) -> Pull<'_> {
        let Self { driver, sockets, posts, inbox, .. } = self;
        Pull { driver, sockets, posts, inbox }
    }

    fn next_post(&mut self) -> Option<Completion> {
        if let Some(token) = self.posts.next() {
            return Some(of_no_socket(token, Event::Posted));
        }
        let Resolved { token, addresses, .. } = self.posts.next_resolved()?;
        let event = addresses.map(|addresses| {
            self.resolved = addresses;
            self.resolved.len()
        });
        Some(of_no_socket(token, Event::Resolved(event)))
    }

    fn next_guest(&mut self, from: usize, deadline_of: &impl Fn(SocketId) -> u64) -> Option<Completion> {
        let (at, guest) = self.guests.due(from, self.now, deadline_of)?;
        self.turn = Turn::Guests(at + 1);
        Some(Completion { socket: guest, token: self.sockets.get(guest.slot()).token, event: Event::Guest })
    }

    /// Waits for the next batch; `false`: the time is over. `until` is when it is, from the first wait of a call on.
    fn wait(
        &mut self,
        timeout: Option<u64>,
        until: &mut Option<u64>,
        deadline_of: &impl Fn(SocketId) -> u64,
    ) -> Result<bool, Error> {
        self.now = monotonic_ms();
        let end = match *until {
            Some(end) if end <= self.now => return Ok(false),
            Some(end) => end,
            None => *until.insert(timeout.map_or(NEVER, |timeout| self.now.saturating_add(timeout))),
        };
        let wake_at = end.min(self.timers.next()).min(self.guests.next(deadline_of));
        let limit = if wake_at == NEVER { None } else { Some(wake_at.saturating_sub(self.now)) };
        self.driver.wait(limit).map_err(|error| fault(&error))?;
        self.now = monotonic_ms();
        Ok(true)
    }

    /// The datagrams that were received last: those of the last completion, if it was [`Event::Datagrams`].
    pub fn datagrams(&self) -> Option<&ReceiveBatch> {
        self.inbox.batch()
    }

    /// The addresses of the last completion, if it was [`Event::Resolved`] and `Ok`; otherwise empty.
    pub fn resolved(&self) -> &[SocketAddr] {
        &self.resolved
    }

    /// Drops a look-up that is done and was not reported; `false`: there is none with this token.
    pub(in crate::io) fn cancel_resolved(&mut self, token: u64) -> bool {
        self.posts.cancel_resolved(token)
    }

    /// A socket that comes to the loop, whose completions carry `token`.
    pub fn open(&mut self, token: u64) -> Opening<'_> {
        Opening::new(&mut self.driver, &mut self.sockets, &mut self.inbox, token)
    }

    /// The driver, for what can be a guest: it is made on this one.
    pub fn driver(&self) -> &Driver {
        &self.driver
    }

    /// The guests of this loop.
    pub fn hosting(&mut self) -> Hosting<'_> {
        Hosting::new(&mut self.driver, &mut self.sockets, &mut self.inbox, &mut self.guests)
    }

    /// The operations of a socket; fails with `Gone`.
    #[inline]
    pub fn at(&mut self, socket: SocketId) -> Result<SocketCalls<'_>, Error> {
        let slot = self.sockets.find(socket)?;
        Ok(SocketCalls::new(&mut self.driver, &mut self.sockets, slot))
    }

    /// The octets of the last completion, if it was [`Event::Received`] and `Ok`; otherwise empty. Valid until
    /// [`next`](Self::next) is called again.
    #[inline]
    pub fn received(&mut self) -> &mut [u8] {
        self.driver.received()
    }

    /// Arms a timer anew for a time of the monotonic clock in milliseconds, or with `u64::MAX` disarms it. Timers have the
    /// caller's numbers, from 0 on. Allocates for the greatest number so far; fails with `Argument` for one that is too
    /// great, and with `Nomem`. One for a time that has passed comes within a millisecond, in a later turn, so that a timer
    /// that is always armed anew keeps nobody from theirs.
    pub fn set_timer(&mut self, number: u32, deadline_ms: u64, token: u64) -> Result<(), Error> {
        self.timers.set(number, deadline_ms.max(self.now + 1), token)
    }

    /// The time of this turn, in milliseconds of the monotonic clock. No system call.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// How other threads and signal handlers reach the loop.
    pub fn poster(&self) -> Poster {
        self.posts.poster()
    }

    /// What drives the loop.
    pub fn info(&self) -> Info {
        self.driver.info()
    }

    /// Passes to the system what the driver may have kept back: before another loop waits on the [`handle`](Self::handle).
    pub fn flush(&mut self) -> Result<(), Error> {
        self.driver.flush().map_err(|error| fault(&error))
    }

    /// A descriptor that is readable when [`next`](Self::next) has something to do. The loop owns it.
    pub fn handle(&self) -> RawWaitable {
        self.driver.handle()
    }

    /// When [`next`](Self::next) has something to do even if the handle is not readable: 0 for at once, `u64::MAX` for
    /// never; otherwise in milliseconds of the monotonic clock.
    pub fn deadline(&self, deadline_of: impl Fn(SocketId) -> u64) -> u64 {
        match self.turn {
            Turn::Wait if !self.driver.has_work() => self.timers.next().min(self.guests.next(&deadline_of)),
            _ => 0,
        }
    }
}

/// A completion that is not of a socket.
fn of_no_socket(token: u64, event: Event) -> Completion {
    Completion { socket: SocketId::NONE, token, event }
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLoop").field("driver", &self.driver).finish_non_exhaustive()
    }
}
