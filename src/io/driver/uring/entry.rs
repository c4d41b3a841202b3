//! The driver's state of one descriptor, in 32 octets. Makes no system call.

use super::flag;
use super::kept::Kept;
use crate::io::socket::Socket;
use std::io;

/// One descriptor.
#[derive(Debug, Default)]
pub(super) struct Entry {
    token: u32,
    /// `None` for a foreign descriptor, and while not in use.
    socket: Option<Socket>,
    flags: u32,
    /// A key that its owner keeps never names another use of the descriptor's number, before 2^32 of them.
    generation: u32,
    /// The next one in the list of sockets to look after.
    pub next: u32,
    /// Requests that have not completed: while there are any, the descriptor stays open.
    in_flight: u16,
    /// The number of the last poll: earlier ones complete for nobody.
    serial: u16,
    /// Boxed, since hardly any connection has something kept.
    kept: Option<Box<Kept>>,
}

const _: () = assert!(size_of::<Entry>() == 32);

impl Entry {
    /// Starts a use of the entry. If it is in use, its foreign descriptor was closed without [`release`](Self::release), and
    /// that use ends.
    pub fn begin(&mut self, token: u32, socket: Option<Socket>) {
        let has_poll = self.has(flag::POLLED);
        drop(self.release());
        self.token = token;
        self.socket = socket;
        self.set(flag::LIVE);
        if has_poll {
            self.leave_poll();
        }
    }

    /// Ends the use by a key. The socket stays until [`release`](Self::release).
    pub fn end(&mut self) {
        self.flags = self.flags & (flag::LISTED | flag::LENDS) | flag::CLOSING;
        self.generation = self.generation.wrapping_add(1);
        self.kept = None;
    }

    /// Ends this use of the entry.
    pub fn release(&mut self) -> Option<Socket> {
        if self.has(flag::LIVE) {
            self.generation = self.generation.wrapping_add(1);
        }
        self.flags &= flag::LISTED;
        self.kept = None;
        self.socket.take()
    }

    /// Whether this use of the entry is that of `generation`.
    #[inline]
    pub fn is_use(&self, generation: u32) -> bool {
        self.generation == generation && self.has(flag::LIVE)
    }

    pub fn generation(&self) -> u32 {
        self.generation
    }

    #[inline]
    pub fn token(&self) -> u32 {
        self.token
    }

    #[inline]
    pub fn socket(&self) -> Option<&Socket> {
        self.socket.as_ref()
    }

    /// Whether it is in use for a descriptor of somebody else.
    pub fn is_foreign(&self) -> bool {
        self.has(flag::LIVE) && self.socket.is_none()
    }

    /// Whether any of these bits is set.
    #[inline]
    pub fn has(&self, flags: u32) -> bool {
        self.flags & flags != 0
    }

    /// Those of these bits that are set.
    #[inline]
    pub fn only(&self, flags: u32) -> u32 {
        self.flags & flags
    }

    #[inline]
    pub fn set(&mut self, flags: u32) {
        self.flags |= flags;
    }

    #[inline]
    pub fn clear(&mut self, flags: u32) {
        self.flags &= !flags;
    }

    /// A request of the system begins.
    #[inline]
    pub fn asked(&mut self, flags: u32) {
        self.flags |= flags;
        self.in_flight = self.in_flight.saturating_add(1);
    }

    /// One has completed.
    #[inline]
    pub fn completed(&mut self, flags: u32) {
        self.flags &= !flags;
        debug_assert_ne!(self.in_flight, 0, "a request completes once");
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// How many requests have not completed.
    #[inline]
    pub fn in_flight(&self) -> u16 {
        self.in_flight
    }

    pub fn serial(&self) -> u16 {
        self.serial
    }

    /// The number of the next poll.
    pub fn next_serial(&mut self) -> u16 {
        self.serial = self.serial.wrapping_add(1);
        self.serial
    }

    /// The last poll completes for nobody from now on; it is to be ended.
    pub fn leave_poll(&mut self) {
        self.next_serial();
        self.flags = self.flags & !flag::POLLED | flag::STALE_POLL;
    }

    pub fn kept(&mut self) -> &mut Option<Box<Kept>> {
        &mut self.kept
    }

    /// Keeps the end, after what else is kept.
    pub fn keep_end(&mut self) {
        self.kept.get_or_insert_default().ended = true;
    }

    /// Keeps a failure, which is told later.
    pub fn keep_failure(&mut self, error: io::Error) {
        self.kept.get_or_insert_default().failure = Some(error);
    }

    /// Whether a failure is to be told.
    pub fn keeps_failure(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.failure.is_some())
    }

    /// Whether a receive is wanted that has nothing to report without the system.
    pub fn wants_octets(&self) -> bool {
        self.only(flag::RECEIVE | flag::CONNECT) == flag::RECEIVE && !self.keeps()
    }

    /// Whether octets, the end or a failure are kept.
    #[inline]
    pub fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// Whether an owner that does not receive is to be told of an end. After a failure there is nothing to tell.
    pub fn has_news_of_ends(&self) -> bool {
        let is_told = |of: u32, told: u32| self.flags & (of | told) != of;
        let is_news = !is_told(flag::PEER_ENDS, flag::ENDED) || !is_told(flag::BOTH_END, flag::BOTH_ENDED);
        is_news && self.has(flag::STREAM) && !self.has(flag::RECEIVE | flag::FAILED)
    }

    /// Ends all operations of a failed connection.
    pub fn fail(&mut self) {
        self.flags &= !flag::WANTED;
        // What its owner takes for held still comes back.
        let held = if self.has(flag::OWES_SENT) { flag::ROOM } else { 0 };
        self.flags |= flag::ENDED | flag::FAILED | held;
        self.kept = None;
    }
}
