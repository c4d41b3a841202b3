//! Events of connections by value, as [`Server::next`](super::Server::next) hands them out.

use super::event::{Event, EventKind, EventSink, EventView};
use super::id::Id;
use crate::conn;
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;

/// Hands events of connections out by value.
pub(super) struct ByValue;

impl EventSink for ByValue {
    type Made = Event;

    fn show(&mut self, view: EventView<'_>) -> Event {
        Event { id: view.id, user: view.user, kind: EventKind::Conn(view.event) }
    }

    fn message(&mut self, id: Id, user: *mut c_void, _: &[u8], heard: &MessagePart) -> Event {
        Event { id, user, kind: EventKind::Conn(conn::Event::of_whole_message(heard)) }
    }
}
