//! What holds after every call of a walk.

use super::stress::Walk;
use wireway::conn::{Event, Span, Window, bits};

impl Walk {
    pub fn next(&mut self) -> Option<Event> {
        let closed = self.rig.is(bits::CLOSE);
        let lent: &mut [u8] = if self.rig.lends { &mut self.rig.lent } else { &mut [] };
        let event = self.rig.conn.next(&mut self.rig.ws, lent).ok().and_then(Result::ok);
        self.rig.lends &= event.is_some();
        match event {
            Some(Event::Released(token)) => assert!(self.tokens.remove(&token), "{token} is released once"),
            Some(Event::Error(_)) | None => {}
            Some(other) => assert!(!closed, "{other:?} after the end"),
        }
        match event {
            Some(Event::Data { span, .. } | Event::Raw(span)) => self.in_window(span),
            Some(Event::Request { .. } | Event::Response { .. } | Event::Interim | Event::End { trailers: true }) => {
                let (head, fields) = self.rig.conn.shown(&self.rig.ws).head().expect("a head");
                let whole = Span { window: head.window, offset: head.base, len: head.parsed.head_len };
                let inside = |end: u32| assert!(end <= head.parsed.head_len, "a field beyond its head");
                fields.iter().for_each(|field| inside(field.value + field.value_len));
                self.in_window(whole);
            }
            _ => {}
        }
        event
    }

    fn in_window(&self, span: Span) {
        let all = match span.window {
            Window::Scratch => self.rig.conn.shown(&self.rig.ws).scratch().len(),
            Window::Lent => self.rig.lent.len(),
            Window::Held => self.rig.conn.shown(&self.rig.ws).held().len(),
        };
        assert!((span.offset + span.len) as usize <= all, "{span:?} of {all}");
    }

    pub fn holds(&mut self) {
        // What is behind a file is not shown yet; all of it comes when it is sent.
        let (shown, queued) = (self.rig.shown().len(), self.rig.conn.queued());
        let is_due = self.rig.conn.shown(&self.rig.ws).file().is_some();
        assert!(shown <= queued && (shown > 0 || is_due) == (queued > 0) && !(shown > 0 && is_due));
        let now = self.rig.now;
        assert!(self.rig.deadline() >= now || !self.rig.lends, "{} at {now}", self.rig.deadline());
        assert!(!self.rig.is(bits::CLOSE) || self.rig.conn.queued() == 0);
        assert!(self.rig.ws.heap().used() < 1 << 20);
    }
}
