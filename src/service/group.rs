//! Servers that publish together: what is published on one is posted to the mailboxes of all others. Any thread. Never looks at a topic or a
//! connection.

use super::delivery::Slow;
use super::mailbox::{Mailbox, Posted};
use crate::conn::Prepared;
use crate::error::{Code, Error};
use crate::memory::NO_MEMORY;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The mailboxes of servers that publish together; clones are the same group. A server joins it by [`Server::join`](super::Server::join).
#[derive(Clone, Default)]
pub struct Group(Arc<RwLock<Vec<Mailbox>>>);

impl Group {
    /// Nobody yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether both are the same group.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// One more member. Fails with `Nomem`.
    pub(super) fn add(&self, mailbox: &Mailbox) -> Result<(), Error> {
        let mut members = self.write();
        members.try_reserve(1).map_err(|_| NO_MEMORY)?;
        members.push(mailbox.clone());
        Ok(())
    }

    /// One member less.
    pub(super) fn remove(&self, mailbox: &Mailbox) {
        self.write().retain(|member| !member.is(mailbox));
    }

    /// Posts one counted message to all but `own`; how many mailboxes did not take it. One that has ended takes nothing and misses nothing.
    pub(super) fn publish(&self, own: &Mailbox, topic: &[u8], message: &Arc<Prepared>, slow: Slow) -> u64 {
        let members = self.read();
        let others = members.iter().filter(|member| !member.is(own));
        let missed = others.filter(|other| match other.relay(topic, message, slow) {
            Ok(posted) => posted != Posted::Queued,
            Err(error) => error.code() != Code::Gone,
        });
        missed.count() as u64
    }

    /// Nothing panics while the lock is held, so that a poisoned list is a sound one.
    fn read(&self) -> RwLockReadGuard<'_, Vec<Mailbox>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Vec<Mailbox>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
