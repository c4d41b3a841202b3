//! Completions: the events of the batch, answered one operation at a time.

use super::super::{Completion, Event, Readiness};
use super::Epoll;
use super::batch::Batch;
use super::table::flag;
use crate::io::socket::AcceptError;
use crate::io::sys;
use std::io;
use std::os::fd::RawFd;

/// Bits that a read answers: bytes, the end, and the errors that it returns.
pub(super) const INPUT: u32 = (libc::EPOLLIN | libc::EPOLLRDHUP | libc::EPOLLHUP | libc::EPOLLERR) as u32;
/// Bits that say that a write would not wait: room, or an error that it returns.
pub(super) const OUTPUT: u32 = (libc::EPOLLOUT | libc::EPOLLHUP | libc::EPOLLERR) as u32;
const ROOM: u32 = libc::EPOLLOUT as u32;

impl Epoll {
    /// The way of almost every completion: the event at the cursor is of octets, and receiving them succeeds. Otherwise the
    /// event stays where it is.
    #[inline(always)]
    pub(in super::super) fn next_received(&mut self) -> Option<(u32, usize)> {
        self.filled = 0;
        let (data, bits) = self.batch.current()?;
        let entry = self.table.get(Batch::key(data))?;
        const OTHERS: u16 = flag::CONNECT | flag::RECORDS | flag::KEPT;
        if entry.flags & (flag::RECEIVE | OTHERS) != flag::RECEIVE || bits & INPUT == 0 {
            return None;
        }
        let token = entry.token;
        match sys::transfer::receive(crate::narrow::low_half(data) as RawFd, &mut self.buffer) {
            Ok(count) if count > 0 => {
                self.batch.leave(bits & ROOM);
                self.filled = count;
                Some((token, count))
            }
            // Reading an error takes it from the socket, so it is kept.
            result => self.keep_result(data, result),
        }
    }

    #[inline(never)]
    pub(in super::super) fn next(&mut self) -> Option<Completion> {
        self.filled = 0;
        while let Some((data, bits)) = self.batch.current() {
            let Some(entry) = self.table.get_mut(Batch::key(data)) else {
                self.batch.advance();
                match self.without_entry(data) {
                    None => continue,
                    woken => return woken,
                }
            };
            entry.flags &= !flag::KEPT;
            let token = entry.token;
            let event = if entry.flags & (flag::RECEIVE | flag::CONNECT) == flag::RECEIVE && bits & INPUT != 0 {
                let is_sealed = entry.flags & flag::RECORDS != 0;
                self.batch.leave(bits & ROOM);
                if is_sealed { self.record(data) } else { self.receive(data) }
            } else {
                self.other(data, bits)
            };
            if let Some(event) = event {
                return Some(Completion { token, event });
            }
        }
        None
    }

    /// Receives for the event at the cursor.
    fn receive(&mut self, data: u64) -> Option<Event> {
        let receive = || sys::transfer::receive(crate::narrow::low_half(data) as RawFd, &mut self.buffer);
        match self.kept.take().unwrap_or_else(receive) {
            Ok(count) if count > 0 => {
                self.filled = count;
                Some(Event::Received(Ok(count)))
            }
            result => self.receive_ended(data, result),
        }
    }

    /// What a receive came to that brought nothing, until [`Epoll::next`] is asked for it.
    #[cold]
    fn keep_result(&mut self, data: u64, result: io::Result<usize>) -> Option<(u32, usize)> {
        if let Some(entry) = self.table.get_mut(Batch::key(data)) {
            entry.flags |= flag::KEPT;
        }
        self.kept = Some(result);
        None
    }

    /// The end, an error, or a readiness that was none.
    #[cold]
    pub(super) fn receive_ended(&mut self, data: u64, result: io::Result<usize>) -> Option<Event> {
        let entry = self.table.get_mut(Batch::key(data))?;
        match result {
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => return None,
            // Reading the error took it from the socket: after it a read returns 0, which must not pass for an end.
            Ok(_) if entry.flags & flag::FAILED != 0 => {
                entry.flags &= !flag::RECEIVE;
                return Some(Event::Received(Err(io::ErrorKind::ConnectionReset.into())));
            }
            Ok(_) => entry.flags |= flag::ENDED,
            Err(_) => entry.fail(),
        }
        entry.flags &= !flag::RECEIVE;
        Some(Event::Received(result))
    }

    /// Whatever is not a receive. What no operation answers is silenced.
    #[inline(never)]
    fn other(&mut self, data: u64, bits: u32) -> Option<Event> {
        let flags = self.table.get(Batch::key(data))?.flags;
        if flags & flag::ACCEPT != 0 {
            return self.accept(data);
        }
        if flags & flag::CONNECT != 0 && bits & OUTPUT != 0 {
            self.batch.advance();
            return self.connected(data);
        }
        if flags & flag::POLL != 0 {
            self.batch.advance();
            return self.ready(data, bits);
        }
        // A paused connection's error comes before its room: the sender is not to learn it from a failed send. A
        // hang-up is room too, for a send that then fails.
        if bits & INPUT != 0 {
            self.batch.leave(if bits & (ROOM | libc::EPOLLHUP as u32) != 0 { ROOM } else { 0 });
            return self.unasked_input(data, bits);
        }
        self.batch.advance();
        self.room(data)
    }

    fn ready(&mut self, data: u64, bits: u32) -> Option<Event> {
        let entry = self.table.get_mut(Batch::key(data))?;
        let readable = entry.flags & flag::POLL_READABLE != 0 && bits & INPUT != 0;
        let writable = entry.flags & flag::POLL_WRITABLE != 0 && bits & OUTPUT != 0;
        if readable || writable {
            entry.flags &= !flag::POLL;
            return Some(Event::Ready(readiness(bits)));
        }
        self.unasked(data, bits);
        None
    }

    /// One connection; the event stays at the cursor while there may be more.
    fn accept(&mut self, data: u64) -> Option<Event> {
        while self.batch.accepts > 0 {
            self.batch.accepts -= 1;
            let listener = self.table.get(Batch::key(data))?.socket.as_ref()?;
            match listener.accept_named(&mut self.peer) {
                Err(AcceptError::Transient(_)) => {}
                Err(AcceptError::WouldBlock) => break,
                Ok(connection) => return Some(Event::Accepted(Ok(connection))),
                Err(error) => return Some(self.accept_ended(data, error)),
            }
        }
        self.batch.advance();
        None
    }

    /// The connections still wait; their next event, which nobody then asks for, is silenced.
    #[cold]
    fn accept_ended(&mut self, data: u64, error: AcceptError) -> Event {
        self.batch.advance();
        if let Some(entry) = self.table.get_mut(Batch::key(data)) {
            entry.flags &= !flag::ACCEPT;
        }
        Event::Accepted(Err(error))
    }

    fn connected(&mut self, data: u64) -> Option<Event> {
        let entry = self.table.get_mut(Batch::key(data))?;
        entry.flags &= !flag::CONNECT;
        let error = entry.socket.as_ref()?.take_error();
        let result = error.and_then(|pending| pending.map_or(Ok(()), Err));
        if result.is_err() {
            // What else was submitted would only fail for the same reason.
            entry.fail();
        }
        Some(Event::Connected(result))
    }

    /// The waker, or an event whose descriptor was closed after the wait.
    #[cold]
    fn without_entry(&mut self, data: u64) -> Option<Completion> {
        if data != Batch::WAKER {
            return None;
        }
        self.waker.clear();
        Some(Completion { token: 0, event: Event::Woken })
    }
}

fn readiness(bits: u32) -> Readiness {
    let has = |event: libc::c_int| bits & event as u32 != 0;
    Readiness {
        readable: bits & INPUT != 0,
        writable: bits & OUTPUT != 0,
        hung_up: has(libc::EPOLLHUP),
        error: has(libc::EPOLLERR),
    }
}
