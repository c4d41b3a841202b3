//! Events of a connection as C sees them, made where they lie.

use crate::conn::{Event, EventSink, Shown};
use crate::error::Error;
use crate::ffi::event::ww_event;
use crate::ffi::head_views::HeadViews;
use crate::ffi::view::{self, HeadView};
use crate::memory::Box;
use crate::websocket::machine::MessagePart;

/// Where the next event is written.
pub(super) struct Out<'a> {
    pub event: &'a mut ww_event,
    /// Where views of heads come from.
    pub views: &'a mut HeadViews,
    /// Where the view of this event's head is kept.
    pub view: &'a mut Option<Box<HeadView>>,
}

impl EventSink for Out<'_> {
    type Output = ();

    #[inline(always)]
    fn event(&mut self, event: Event, shown: Shown<'_>, lent: &[u8]) -> Result<(), Error> {
        let start = lent.as_ptr();
        view::write(self.event, ww_event::new(0), event, shown, start);
        if event.has_head() {
            let view = self.view.insert(self.views.take()?);
            self.event.head = view.show(shown, start)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn message(&mut self, message: &MessagePart, lent: &[u8]) {
        view::write_message(self.event, ww_event::new(0), message, lent);
    }
}
