//! Events of connections by value, for [`Server::next`](super::Server::next).

use super::event::{Event, EventKind, EventSink, EventView};
use super::id::Id;
use crate::conn;
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;

/// Copies events out of their connections.
pub(super) struct ByValue;

impl EventSink for ByValue {
    type Output = Event;

    fn convert(&mut self, view: EventView<'_>) -> Event {
        Event { id: view.id, user: view.user, kind: EventKind::Conn(view.event) }
    }

    fn message(&mut self, id: Id, user: *mut c_void, _: &[u8], part: &MessagePart) -> Event {
        Event { id, user, kind: EventKind::Conn(conn::Event::of_whole_message(part)) }
    }
}
