//! Servers that publish what is published here: one message goes to the mailbox of each. Never looks at a topic or a connection.

use super::delivery::Slow;
use super::mailbox::{Mailbox, Posted};
use crate::conn::Prepared;
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use std::sync::Arc;

static OWN_MAILBOX: Fault = Fault::new(Code::Argument, 0, c"", c"a server is no sibling of its own");

/// The mailboxes of a server's siblings.
pub(super) struct Siblings {
    own: Mailbox,
    mailboxes: Vec<Mailbox>,
}

impl Siblings {
    /// None yet. `own` is the mailbox of the server itself.
    pub fn new(own: Mailbox) -> Self {
        Self { own, mailboxes: Vec::new() }
    }

    /// One more, once. Fails with `Argument` for the server's own mailbox, and with `Nomem`.
    pub fn add(&mut self, mailbox: &Mailbox) -> Result<(), Error> {
        if mailbox.is(&self.own) {
            return Err(OWN_MAILBOX.at(0));
        }
        if self.mailboxes.iter().all(|sibling| !sibling.is(mailbox)) {
            self.mailboxes.try_reserve(1).map_err(|_| NO_MEMORY)?;
            self.mailboxes.push(mailbox.clone());
        }
        Ok(())
    }

    /// Posts one counted message to all; how many mailboxes did not take it. Those that have ended are none any more.
    pub fn publish(&mut self, topic: &[u8], message: &Arc<Prepared>, slow: Slow) -> u64 {
        let mut unposted = 0;
        self.mailboxes.retain(|sibling| match sibling.publish_message(topic, message, slow) {
            Err(error) if error.code() == Code::Gone => false,
            posted => {
                unposted += u64::from(posted != Ok(Posted::Queued));
                true
            }
        });
        unposted
    }
}
