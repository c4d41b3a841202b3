//! Who makes something of an event where it lies.

use super::event::Event;
use super::shown::Shown;
use crate::error::Error;
use crate::websocket::machine::MessagePart;

/// What is made of an event of a connection.
pub trait EventSink {
    /// What is made of it.
    type Made;
    /// Makes it of any event. `lent` are the octets that are lent to the connection. An error is passed on by
    /// [`Conn::next_into`](super::Conn::next_into).
    fn event(&mut self, event: Event, shown: Shown<'_>, lent: &[u8]) -> Result<Self::Made, Error>;
    /// Makes it of a whole message, which lies in `lent` as `message` says.
    fn message(&mut self, message: &MessagePart, lent: &[u8]) -> Self::Made;
}
