//! Converting events in place.

use super::event::Event;
use super::shown::Shown;
use crate::error::Error;
use crate::websocket::machine::MessagePart;

/// Converts events of a connection in place.
pub trait EventSink {
    /// The converted event.
    type Output;
    /// Converts any event. `lent` are the lent octets. [`Conn::next_into`](super::Conn::next_into) returns its errors.
    fn event(&mut self, event: Event, shown: Shown<'_>, lent: &[u8]) -> Result<Self::Output, Error>;
    /// Converts a whole message, which is at `message` in `lent`.
    fn message(&mut self, message: &MessagePart, lent: &[u8]) -> Self::Output;
}
