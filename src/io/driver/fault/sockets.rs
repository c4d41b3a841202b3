//! The sockets of the driver: what their owner asks for.

use super::context::Context;
use super::dice::Dice;
use super::entry::Entry;
use super::faults::Faults;
use super::held::Held;
use super::receiver::Receiver;
use super::sender::Sender;
use super::table::Table;
use crate::io::descriptor::{RawFile, RawSocket};
use crate::io::driver::drive::Drive;
use crate::io::driver::preferred::Preferred;
use crate::io::driver::refused::stale;
use crate::io::driver::{Cancel, Closing, Gather, Key, Sent, Submission, ZeroCopy};
use crate::io::ktls::{Direction, Info};
use crate::io::socket::Socket;
use std::io::{self, IoSlice};

/// All sockets. The inner driver names them by their slot here.
pub(super) struct Sockets {
    pub(super) inner: Preferred,
    pub(super) table: Table,
    pub(super) dice: Dice,
    faults: Faults,
}

impl Sockets {
    pub fn new(inner: Preferred, faults: Faults) -> Self {
        Self { inner, table: Table::default(), dice: Dice::new(faults.seed), faults }
    }

    pub fn attach(&mut self, socket: Socket, token: u32) -> io::Result<Key> {
        let inner = self.inner.attach(socket, self.table.next())?;
        Ok(self.table.fill(Entry::new(token, inner)))
    }

    #[cfg(windows)]
    pub fn attach_guest(&mut self, guest: &Preferred, token: u32) -> io::Result<Key> {
        let inner = self.inner.attach_guest(guest, self.table.next())?;
        Ok(self.table.fill(Entry::new(token, inner)))
    }

    pub fn attach_foreign(&mut self, fd: RawSocket, token: u32) -> io::Result<Key> {
        let inner = self.inner.attach_foreign(fd, self.table.next())?;
        Ok(self.table.fill(Entry::new(token, inner)))
    }

    pub fn detach(&mut self, key: Key) -> io::Result<Option<Socket>> {
        let entry = self.table.get(key)?;
        if entry.held_and_lent().next().is_some() || entry.has_arrivals() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let socket = self.inner.detach(entry.inner)?;
        self.table.empty(key.index);
        Ok(socket)
    }

    pub fn socket(&self, key: Key) -> io::Result<&Socket> {
        self.inner.socket(self.table.get(key)?.inner)
    }

    /// Whether anything has arrived, here or at the inner driver.
    pub fn look(&mut self, key: Key) -> io::Result<bool> {
        let entry = self.table.get(key)?;
        Ok(entry.has_arrivals() || self.inner.look(entry.inner)?)
    }

    pub fn submit(&mut self, key: Key, submission: Submission<'_>) -> io::Result<()> {
        match submission {
            Submission::Receive => self.receiver(key)?.receive(),
            Submission::Accept => self.receiver(key)?.accept(),
            Submission::Cancel(operation) => self.cancel(key, operation),
            Submission::Room => self.sender(key)?.room(),
            Submission::Connect(_) | Submission::Poll(_) => self.inner.submit(self.table.get(key)?.inner, submission),
        }
    }

    fn cancel(&mut self, key: Key, operation: Cancel) -> io::Result<()> {
        match operation {
            Cancel::Receive => self.receiver(key)?.cancel_receive(),
            Cancel::Accept => self.receiver(key)?.cancel_accept(),
            Cancel::Send => self.sender(key)?.cancel()?,
            Cancel::Connect | Cancel::Poll => {
                self.inner.submit(self.table.get(key)?.inner, Submission::Cancel(operation))?;
            }
        }
        Ok(())
    }

    fn receiver(&mut self, key: Key) -> io::Result<Receiver<'_>> {
        self.table.get(key)?;
        self.receiver_at(key.index).ok_or_else(stale)
    }

    fn sender(&mut self, key: Key) -> io::Result<Sender<'_>> {
        self.table.get(key)?;
        self.sender_at(key.index).ok_or_else(stale)
    }

    /// The receiving view of the socket in a slot.
    pub(super) fn receiver_at(&mut self, slot: u32) -> Option<Receiver<'_>> {
        self.context(slot).map(Receiver::new)
    }

    /// Its sending view.
    pub(super) fn sender_at(&mut self, slot: u32) -> Option<Sender<'_>> {
        self.context(slot).map(Sender::new)
    }

    fn context(&mut self, slot: u32) -> Option<Context<'_>> {
        let entry = self.table.at(slot)?;
        Some(Context { inner: &mut self.inner, entry, dice: &mut self.dice, faults: self.faults })
    }

    pub fn close(&mut self, key: Key) -> io::Result<Closing> {
        let entry = self.table.get_mut(key)?;
        if entry.held_and_lent().next().is_some() || !entry.accepted.is_empty() {
            (entry.is_closing, entry.due_in) = (true, self.dice.below(3));
            self.inner_close_or_cancel(key.index)?;
            return Ok(Closing::Pending);
        }
        self.inner.close(entry.inner)?;
        self.table.empty(key.index);
        Ok(Closing::Done)
    }

    /// The socket is closed now, or reports nothing more until it is.
    fn inner_close_or_cancel(&mut self, slot: u32) -> io::Result<()> {
        let Some(entry) = self.table.at(slot) else { return Ok(()) };
        if !self.faults.is_late {
            let key = core::mem::replace(&mut entry.inner, Key::NONE);
            return self.inner.close(key).map(drop);
        }
        for operation in [Cancel::Receive, Cancel::Accept, Cancel::Send] {
            self.inner.submit(entry.inner, Submission::Cancel(operation))?;
        }
        Ok(())
    }

    pub fn send(&mut self, key: Key, slices: &[IoSlice<'_>]) -> io::Result<Sent> {
        let mut octets = Gather::new();
        let _ = slices.iter().all(|slice| octets.push(slice));
        let offered: usize = slices.iter().map(|slice| slice.len()).sum();
        match self.send_gather(key, &octets)? {
            Sent::Done(taken) if taken < offered => {
                self.submit(key, Submission::Room)?;
                Ok(Sent::Room(taken))
            }
            sent => Ok(sent),
        }
    }

    pub fn send_gather(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        self.sender(key)?.send(octets)
    }

    pub fn send_zero_copy(&mut self, key: Key, octets: &Gather<'_>) -> ZeroCopy {
        let sent = self.sender(key).and_then(|sender| sender.send_zero_copy(octets));
        sent.unwrap_or_else(|error| ZeroCopy::copied(Err(error)))
    }

    pub fn send_file(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        self.sender(key)?.send_file(from, offset, len)
    }

    /// Not while octets are kept, which the kernel would have to open.
    pub fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        let entry = self.table.get(key)?;
        if entry.has_input() || entry.held.is_some() || !entry.lent.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.inner.attach_kernel(entry.inner)?;
        self.receiver(key)?.enter_kernel();
        Ok(())
    }

    pub fn set_keys(&mut self, key: Key, direction: Direction, info: &Info) -> io::Result<()> {
        if !self.table.get(key)?.lent.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        self.inner.set_keys(self.table.get(key)?.inner, direction, info)
    }

    pub fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        let sent = self.inner.send_sealed(self.table.get(key)?.inner, octets);
        self.sender(key)?.noted(sent, octets.octets())
    }

    pub fn send_file_sealed(&mut self, key: Key, from: RawFile, offset: u64, len: u64) -> io::Result<Sent> {
        let sent = self.inner.send_file_sealed(self.table.get(key)?.inner, from, offset, len);
        self.sender(key)?.noted(sent, 0)
    }

    pub fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        let sent = self.inner.send_record(self.table.get(key)?.inner, kind, octets);
        self.sender(key)?.noted(sent, 0)
    }

    /// Ends a pending close, whose held octets are not sent any more.
    pub fn closed(&mut self, slot: u32) -> Option<()> {
        let entry = self.table.empty(slot)?;
        entry.held_and_lent().for_each(Held::check);
        if entry.inner != Key::NONE {
            let closed = self.inner.close(entry.inner);
            debug_assert!(closed.is_ok(), "it was not closed before");
        }
        Some(())
    }
}

/// Nobody has freed or overwritten what is still held: the driver goes before its owner's memory.
impl Drop for Sockets {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.table.all().for_each(|(_, entry)| entry.held_and_lent().for_each(Held::check));
        }
    }
}
