//! Converts the events of the connection whose turn it is, in place.

use super::event::{EventSink, EventView};
use super::id::Id;
use super::pull::Pull;
use super::stats::Stats;
use crate::conn::{self, Event, Shown};
use crate::error::Error;
use crate::websocket::machine::MessagePart;
use core::ffi::c_void;

/// Where a connection's events go: to the owner's sink, or aside if they also concern the server.
pub(super) struct TurnSink<'a, S> {
    /// Its id.
    pub id: Id,
    /// Its stored pointer.
    pub user: *mut c_void,
    pub stats: &'a mut Stats,
    /// An event that also concerns the server.
    pub server_event: &'a mut Option<Event>,
    /// The owner's sink.
    pub sink: &'a mut S,
}

impl<S: EventSink> conn::EventSink for TurnSink<'_, S> {
    type Output = Pull<S::Output>;

    #[inline(always)]
    fn event(&mut self, event: Event, shown: Shown<'_>, lent: &[u8]) -> Result<Pull<S::Output>, Error> {
        self.stats.requests += u64::from(event.begins_request());
        if matches!(event, Event::Error(_) | Event::Writable) {
            *self.server_event = Some(event);
            return Ok(Pull::ForServer);
        }
        let (id, user) = (self.id, self.user);
        Ok(Pull::Event(self.sink.convert(EventView { id, user, event, shown, lent })))
    }

    #[inline(always)]
    fn message(&mut self, message: &MessagePart, lent: &[u8]) -> Pull<S::Output> {
        Pull::Event(self.sink.message(self.id, self.user, lent, message))
    }
}
