//! Groups of servers: what is published on one is posted to the mailboxes of all others. Any thread.

use super::delivery::Slow;
use super::mailbox::{Mailbox, Posted};
use crate::conn::Prepared;
use crate::error::{Code, Error};
use crate::memory::NO_MEMORY;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The mailboxes of a group; clones are the same group. A server joins it by [`Server::join`](super::Server::join).
#[derive(Clone, Default)]
pub struct Group(Arc<RwLock<Vec<Mailbox>>>);

impl Group {
    /// An empty group.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether both are the same group.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Adds a member. Fails with `Nomem`.
    pub(super) fn add(&self, mailbox: &Mailbox) -> Result<(), Error> {
        let mut members = self.write();
        members.try_reserve(1).map_err(|_| NO_MEMORY)?;
        members.push(mailbox.clone());
        Ok(())
    }

    /// Removes a member.
    pub(super) fn remove(&self, mailbox: &Mailbox) {
        self.write().retain(|member| !member.is(mailbox));
    }

    /// Posts one shared message to all members but `own`; returns how many mailboxes refused it. Members that have
    /// ended do not count.
    pub(super) fn publish(&self, own: &Mailbox, topic: &[u8], message: &Arc<Prepared>, slow: Slow) -> u64 {
        let members = self.read();
        let others = members.iter().filter(|member| !member.is(own));
        let missed = others.filter(|other| match other.relay(topic, message, slow) {
            Ok(posted) => posted != Posted::Queued,
            Err(error) => error.code() != Code::Gone,
        });
        missed.count() as u64
    }

    /// Nothing panics while the lock is held, so a poisoned list is valid.
    fn read(&self) -> RwLockReadGuard<'_, Vec<Mailbox>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Vec<Mailbox>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
