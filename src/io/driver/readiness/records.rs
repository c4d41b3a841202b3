//! Sockets with TLS records in the kernel. Everything but their registration goes through [`Kernel`].

use super::super::refused::stale;
use super::super::{Event, Gather, Key, Sent, file};
use super::flag;
use super::input::Input;
use super::registry::Registry;
use super::watch::Watch;
use crate::io::descriptor::RawFile;
use crate::io::ktls::{APPLICATION_DATA, Direction, Info, Kernel, Received, System};
use std::io;

/// Access to the kernel's TLS.
pub(super) struct Records {
    kernel: Box<dyn Kernel>,
}

impl Records {
    pub fn new() -> Self {
        // A zero-sized type: allocates nothing.
        Self { kernel: Box::new(System) }
    }

    pub fn kernel(&mut self) -> &mut Box<dyn Kernel> {
        &mut self.kernel
    }

    pub fn attach<S: Watch>(&mut self, registry: &Registry<S>, key: Key) -> io::Result<()> {
        may_attach(registry, key)?;
        self.kernel.attach(registry.socket(key)?)
    }

    pub fn set_keys<S: Watch>(
        &mut self,
        registry: &mut Registry<S>,
        key: Key,
        direction: Direction,
        info: &Info,
    ) -> io::Result<()> {
        may_attach(registry, key)?;
        self.kernel.set_keys(registry.socket(key)?, direction, info)?;
        if direction == Direction::Receive
            && let Some(entry) = registry.get_mut(key)
        {
            entry.set(flag::RECORDS);
        }
        Ok(())
    }

    pub fn send<S: Watch>(&mut self, registry: &mut Registry<S>, key: Key, octets: &Gather<'_>) -> io::Result<Sent> {
        let sent = self.kernel.send(registry.socket(key)?, octets);
        done(registry, key, octets.octets(), sent)
    }

    pub fn send_file<S: Watch>(
        &mut self,
        registry: &mut Registry<S>,
        key: Key,
        from: RawFile,
        offset: u64,
        len: u64,
    ) -> io::Result<Sent> {
        let offered = file::offered(len);
        let sent = self.kernel.send_file(registry.socket(key)?, from, offset, file::capped(offered));
        let sent = sent.and_then(|taken| file::not_at_end(taken, offered));
        registry.source(key).ok_or_else(stale)?.send_file(offered, |_| sent)
    }

    pub fn send_record<S: Watch>(
        &mut self,
        registry: &mut Registry<S>,
        key: Key,
        kind: u8,
        octets: &[u8],
    ) -> io::Result<Sent> {
        let sent = self.kernel.send_record(registry.socket(key)?, kind, octets);
        done(registry, key, octets.len(), sent.map(|()| octets.len()))
    }

    /// Receives from such a socket.
    #[cold]
    pub fn receive<S: Watch>(&mut self, registry: &mut Registry<S>, key: Key, input: &mut Input) -> Option<Event> {
        match self.kernel.receive(registry.get(key)?.socket()?, input.buffer()) {
            Ok(Received { len, kind: Some(kind) }) if kind != APPLICATION_DATA => {
                input.fill(len);
                Some(Event::Record(kind))
            }
            Ok(Received { len: 0, kind: None }) => registry.source(key)?.receive_ended(Ok(0)),
            // An empty record is not an event; the next one is read when the system reports it.
            Ok(Received { len: 0, .. }) => None,
            Ok(Received { len, .. }) => {
                input.fill(len);
                Some(Event::Received(Ok(len)))
            }
            Err(error) => registry.source(key)?.receive_ended(Err(error)),
        }
    }
}

/// Records begin when no plain octets are lent: the events of a socket that lends are of octets.
fn may_attach<S: Watch>(registry: &Registry<S>, key: Key) -> io::Result<()> {
    let lends = registry.get(key).is_some_and(|entry| entry.has(flag::LENDS));
    if lends { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
}

fn done<S: Watch>(registry: &mut Registry<S>, key: Key, offered: usize, result: io::Result<usize>) -> io::Result<Sent> {
    registry.source(key).ok_or_else(stale)?.send(offered, |_| result)
}
