//! Sockets whose TLS records the system makes.

use super::super::{Event, Gather, Key, Sent};
use super::batch::Batch;
use super::table::flag;
use super::{Epoll, FILE_MOST, not_at_end, stale};
use crate::io::ktls::{APPLICATION_DATA, Info, Kernel, Received, Way};
use crate::io::socket::Socket;
use std::io;
use std::os::fd::RawFd;

impl Epoll {
    pub(in super::super) fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        &mut self.kernel
    }

    pub(in super::super) fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        self.ask(key, |kernel, socket| kernel.attach(socket))
    }

    pub(in super::super) fn set_keys(&mut self, key: Key, way: Way, info: &Info) -> io::Result<()> {
        self.ask(key, |kernel, socket| kernel.set_keys(socket, way, info))?;
        if way == Way::Receive
            && let Some(entry) = self.table.get_mut(key)
        {
            entry.flags |= flag::RECORDS;
        }
        Ok(())
    }

    pub(in super::super) fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        let offered = octets.octets();
        let sent = self.ask(key, |kernel, socket| kernel.send(socket, octets));
        self.sent(key, offered, sent)
    }

    pub(in super::super) fn send_file_sealed(
        &mut self,
        key: Key,
        from: RawFd,
        offset: u64,
        len: u64,
    ) -> io::Result<Sent> {
        let offered = usize::try_from(len).unwrap_or(usize::MAX);
        let sent = self.ask(key, |kernel, socket| kernel.send_file(socket, from, offset, offered.min(FILE_MOST)));
        self.sent(key, offered, sent.and_then(|taken| not_at_end(taken, offered)))
    }

    pub(in super::super) fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        let sent = self.ask(key, |kernel, socket| kernel.send_record(socket, kind, octets));
        self.sent(key, octets.len(), sent.map(|()| octets.len()))
    }

    fn ask<T>(&mut self, key: Key, body: impl FnOnce(&mut dyn Kernel, &Socket) -> io::Result<T>) -> io::Result<T> {
        let socket = self.table.get(key).and_then(|entry| entry.socket.as_ref()).ok_or_else(stale)?;
        body(self.kernel.as_mut(), socket)
    }

    fn sent(&mut self, key: Key, offered: usize, result: io::Result<usize>) -> io::Result<Sent> {
        self.send_with(key, offered, |_| result)
    }

    /// Receives from such a socket, whose event is at the cursor.
    #[cold]
    pub(super) fn record(&mut self, data: u64) -> Option<Event> {
        let entry = self.table.get(Batch::key(data))?;
        match self.kernel.receive(entry.socket.as_ref()?, &mut self.buffer) {
            Ok(Received { len, kind: Some(kind) }) if kind != APPLICATION_DATA => {
                self.filled = len;
                Some(Event::Record(kind))
            }
            Ok(Received { len: 0, kind: None }) => self.receive_ended(data, Ok(0)),
            // An empty record is nobody's event; the next one is asked for when the system says so again.
            Ok(Received { len: 0, .. }) => None,
            Ok(Received { len, .. }) => {
                self.filled = len;
                Some(Event::Received(Ok(len)))
            }
            Err(error) => self.receive_ended(data, Err(error)),
        }
    }
}
