//! The group of a server. The server leaves it when it ends.

use super::delivery::Slow;
use super::group::Group;
use super::mailbox::Mailbox;
use crate::conn::Prepared;
use crate::error::{Code, Error, Fault};
use std::sync::Arc;

static OTHER_GROUP: Fault = Fault::new(Code::State, 0, c"", c"the server is in another group already");

/// The group, if any, and the server's own mailbox.
pub(super) struct Siblings {
    own: Mailbox,
    group: Option<Group>,
}

impl Siblings {
    /// No group. `own` is the server's mailbox.
    pub fn new(own: Mailbox) -> Self {
        Self { own, group: None }
    }

    /// Joins a group, once. Fails with `State` in another one, and with `Nomem`.
    pub fn join(&mut self, group: &Group) -> Result<(), Error> {
        match &self.group {
            Some(joined) if joined.is(group) => Ok(()),
            Some(_) => Err(OTHER_GROUP.at(0)),
            None => {
                group.add(&self.own)?;
                self.group = Some(group.clone());
                Ok(())
            }
        }
    }

    /// Posts one shared message to all siblings; returns how many mailboxes refused it.
    pub fn publish(&self, topic: &[u8], message: &Arc<Prepared>, slow: Slow) -> u64 {
        self.group.as_ref().map_or(0, |group| group.publish(&self.own, topic, message, slow))
    }
}

impl Drop for Siblings {
    fn drop(&mut self) {
        if let Some(group) = &self.group {
            group.remove(&self.own);
        }
    }
}
