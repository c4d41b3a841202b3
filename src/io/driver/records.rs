//! Sockets whose TLS records the system makes: see [`ktls`](crate::io::ktls).

use super::{Driver, Engine, Gather, Key, Sent};
use crate::io::ktls::{Info, Kernel, Way};
use std::io;
use std::os::fd::RawFd;

impl Driver {
    /// Puts `kernel` in the place of the system, for sockets whose records it is to make.
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        match &mut self.0 {
            Engine::Epoll(driver) => *driver.kernel() = kernel,
        }
    }

    /// What makes the records, for questions that are about no socket of the driver.
    pub fn kernel(&mut self) -> &mut dyn Kernel {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.kernel().as_mut(),
        }
    }

    /// [`Kernel::attach`].
    pub fn attach_kernel(&mut self, key: Key) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.attach_kernel(key),
        }
    }

    /// [`Kernel::set_keys`]. From the first keys to receive with, completions are of plaintext, and of records of other types
    /// ([`Event::Record`](super::Event::Record)).
    pub fn set_keys(&mut self, key: Key, way: Way, info: &Info) -> io::Result<()> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.set_keys(key, way, info),
        }
    }

    /// As [`send_gather`](Self::send_gather), of application data, when there are keys to send with.
    pub fn send_sealed(&mut self, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_sealed(key, octets),
        }
    }

    /// As [`send_file`](Self::send_file), when there are keys to send with.
    pub fn send_file_sealed(&mut self, key: Key, from: RawFd, offset: u64, len: u64) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_file_sealed(key, from, offset, len),
        }
    }

    /// Sends a record of another type, whole ([`Sent::Done`]) or not at all (`Queued(0)`).
    pub fn send_record(&mut self, key: Key, kind: u8, octets: &[u8]) -> io::Result<Sent> {
        match &mut self.0 {
            Engine::Epoll(driver) => driver.send_record(key, kind, octets),
        }
    }
}
