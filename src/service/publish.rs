//! One message to all that subscribed to a topic.

use super::deliver::{Delivered, Slow};
use super::waiting::Message;
use super::{GONE, Id, Mailbox, Posted, Server};
use crate::conn::Prepared;
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use crate::websocket::machine::Part;
use std::rc::Rc;
use std::sync::Arc;

static OWN_MAILBOX: Fault = Fault::new(Code::Argument, 0, c"", c"a server is no sibling of its own");

impl Server {
    /// Subscribes a connection to a topic, once; it ends with the connection. Fails with `Gone`, `Argument` for a name that is empty or
    /// longer than 255 octets, `Limit` for one topic more than `topics_conn_max`, and `Nomem`; nothing has changed then.
    pub fn subscribe(&mut self, id: Id, topic: &[u8]) -> Result<(), Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        self.topics.subscribe(index, topic)
    }

    /// Ends a subscription; whether there was one. Fails with `Gone`.
    pub fn unsubscribe(&mut self, id: Id, topic: &[u8]) -> Result<bool, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        Ok(self.topics.unsubscribe(index, topic))
    }

    /// Sends a message to every subscriber of a topic, `part` being all of it, or does with it what `slow` says where one is slow; how
    /// many have it or will. It is validated, framed and compressed once. Those that are no WebSocket or are closing are passed over, and
    /// so are those in the middle of a message of ours. Fails with `Argument` for a part of a message, `Utf8` and `Nomem`, and
    /// nobody was sent anything.
    pub fn publish(&mut self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<usize, Error> {
        let message = Message::new(Arc::new(Prepared::new(part, octets)?));
        self.publish_to_siblings(topic, &message, slow);
        Ok(self.publish_message(topic, &message, slow))
    }

    /// From now on what is published here is published by that mailbox's server too; not the other way round, and not what came by
    /// mailbox. Once is enough. Fails with `Argument` for this server's own mailbox, and with `Nomem`.
    pub fn add_sibling(&mut self, mailbox: &Mailbox) -> Result<(), Error> {
        if mailbox.is(&self.mailbox()) {
            return Err(OWN_MAILBOX.at(0));
        }
        if self.siblings.iter().all(|sibling| !sibling.is(mailbox)) {
            self.siblings.try_reserve(1).map_err(|_| NO_MEMORY)?;
            self.siblings.push(mailbox.clone());
        }
        Ok(())
    }

    /// Posts one counted message to all siblings; those that have ended are none any more.
    fn publish_to_siblings(&mut self, topic: &[u8], message: &Message, slow: Slow) {
        let unposted = &mut self.stats.unposted;
        self.siblings.retain(|sibling| match sibling.publish_message(topic, &message.prepared, slow) {
            Err(error) if error.code() == Code::Gone => false,
            posted => {
                *unposted += u64::from(posted != Ok(Posted::Queued));
                true
            }
        });
    }

    pub(super) fn publish_message(&mut self, topic: &[u8], message: &Rc<Message>, slow: Slow) -> usize {
        let mut taken = 0;
        // Nobody unsubscribes meanwhile: a connection that ends is forgotten in its turn.
        let mut cursor = self.topics.first(topic);
        while let Some(index) = self.topics.next(&mut cursor) {
            let delivered = self.deliver_message(self.slots.id(index), message, slow, None);
            taken += usize::from(matches!(delivered, Ok(Delivered::Sent | Delivered::Waits)));
        }
        taken
    }
}
