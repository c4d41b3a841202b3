//! One message to all that subscribed to a topic.

use super::{GONE, Id, Server};
use crate::conn::Write;
use crate::error::{Code, Error};
use crate::websocket::machine::Part;

/// What becomes of a subscriber that is above its high-water mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slow {
    /// It misses the message.
    Misses,
    /// It is closed, since it would miss something.
    Closes,
}

/// The close code of a subscriber that is too slow (RFC 6455 §7.4.1: a policy of ours).
const TOO_SLOW: u16 = 1008;

impl Server {
    /// Subscribes a connection to a topic, once; it ends with the connection. Fails with `Gone`, `Argument` for a name that is empty or
    /// longer than 255 octets, and `Nomem`.
    pub fn subscribe(&mut self, id: Id, topic: &[u8]) -> Result<(), Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        self.topics.subscribe(index, topic)
    }

    /// Ends a subscription; whether there was one. Fails with `Gone`.
    pub fn unsubscribe(&mut self, id: Id, topic: &[u8]) -> Result<bool, Error> {
        let index = self.slots.find(id).ok_or(GONE.at(0))?;
        Ok(self.topics.unsubscribe(index, topic))
    }

    /// Sends a message to every subscriber of a topic, `part` being all of it; how many took it. Those that are no WebSocket or are
    /// closing are passed over, and so are those in the middle of a message of ours. Fails with `Utf8`, and nobody was sent anything.
    pub fn publish(&mut self, topic: &[u8], part: Part, octets: &[u8], slow: Slow) -> Result<usize, Error> {
        let mut taken = 0;
        for at in 0.. {
            // The list does not change: a connection that ends is forgotten in its turn.
            let Some(&index) = self.topics.subscribers(topic).get(at) else { break };
            match self.publish_to(index, part, octets, slow) {
                Ok(Write::Queued) => taken += 1,
                Err(error) if error.code() == Code::Utf8 => return Err(error),
                _ => {}
            }
        }
        Ok(taken)
    }

    fn publish_to(&mut self, index: u32, part: Part, octets: &[u8], slow: Slow) -> Result<Write, Error> {
        let id = self.slots.id(index);
        let written = self.send_message(id, part, octets)?;
        if written == Write::Paused && slow == Slow::Closes {
            self.close_websocket(id, TOO_SLOW, b"too slow")?;
        }
        Ok(written)
    }
}
