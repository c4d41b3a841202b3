//! The memory of the last event of a handle, which is to stay as it is until the next call that ends events.

use wireway::ffi::event::ww_event;
use wireway::ffi::head::types::{ww_field, ww_head, ww_span};

use super::octets::{fields, shown};

/// Addresses that the library showed, and what was there.
#[derive(Default)]
pub struct Witness {
    seen: Vec<(ww_span, Vec<u8>)>,
}

impl Witness {
    pub fn keep(&mut self, event: &ww_event) {
        self.seen.clear();
        self.note(event.data);
        // SAFETY: NULL or a head, alive with its event.
        let Some(head) = (unsafe { event.head.as_ref() }) else { return };
        self.note(ww_span { data: event.head.cast(), len: size_of::<ww_head>() });
        self.note(ww_span { data: head.fields.cast(), len: head.field_count * size_of::<ww_field>() });
        for span in [head.method, head.target, head.reason, head.host] {
            self.note(span);
        }
        for field in fields(event.head) {
            self.note(field.name);
            self.note(field.value);
        }
    }

    fn note(&mut self, span: ww_span) {
        if span.len > 0 {
            self.seen.push((span, shown(span).to_vec()));
        }
    }

    pub fn check(&self) {
        for (span, before) in &self.seen {
            assert!(shown(*span) == before, "the memory of an event has changed");
        }
    }

    /// The next call ends the event.
    pub fn end(&mut self) {
        self.check();
        self.seen.clear();
    }
}
