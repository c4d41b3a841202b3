//! Heads and spans as C sees them: offsets become pointers here, once.

use core::ptr::null;

use super::event::{self, ww_event};
use super::head::types::{ww_field, ww_head, ww_span};
use super::status::WW_OK;
use super::ws_message::{WW_SEND_BINARY, WW_SEND_TEXT};
use crate::conn::{Event, Head, Shown, Span, Window};
use crate::error::{Code, Error};
use crate::http1::head::{Field, Octets};
use crate::memory::{Heap, NO_MEMORY, Vec};
use crate::websocket::machine::MessagePart;

const NOTHING: ww_span = ww_span { data: null(), len: 0 };
const EMPTY: ww_head = ww_head {
    method: NOTHING,
    target: NOTHING,
    reason: NOTHING,
    fields: null(),
    field_count: 0,
    host: NOTHING,
    content_length: u64::MAX,
    head_len: 0,
    flags: 0,
    status: 0,
    method_id: 0,
    version_minor: 0,
    trailers: null(),
    trailer_count: 0,
};

const NO_FIELD: ww_field = ww_field { name: NOTHING, value: NOTHING, id: 0, flags: 0, reserved: 0 };

/// The head of one event, alive until the next call that ends events.
pub(super) struct HeadView {
    head: ww_head,
    /// Room for fields; those of the head come first.
    fields: Vec<ww_field>,
    trailers: Vec<ww_field>,
}

impl HeadView {
    pub(super) fn new(heap: &Heap) -> Self {
        Self { head: EMPTY, fields: Vec::new_in(heap.clone()), trailers: Vec::new_in(heap.clone()) }
    }

    /// The fields that there is room for.
    pub(super) fn room(&self) -> usize {
        self.fields.capacity() + self.trailers.capacity()
    }

    /// A view that shows heads and trailers of up to `fields` fields each without allocating.
    #[cfg(feature = "service")]
    pub(super) fn with_room(heap: &Heap, fields: u32) -> Result<Self, Error> {
        let mut view = Self::new(heap);
        view.make_room(fields as usize)?;
        view.trailers.try_reserve(fields as usize).map_err(|_| NO_MEMORY)?;
        Ok(view)
    }

    #[cold]
    fn make_room(&mut self, fields: usize) -> Result<(), Error> {
        self.fields.try_reserve(fields.saturating_sub(self.fields.len())).map_err(|_| NO_MEMORY)?;
        self.fields.resize(fields, NO_FIELD);
        Ok(())
    }

    /// Shows the connection's head; `lent` is the start of the present lend.
    #[inline(always)]
    pub(super) fn show(&mut self, shown: Shown<'_>, lent: *const u8) -> Result<*const ww_head, Error> {
        let Some((head, fields)) = shown.head() else {
            return Ok(null());
        };
        let start = match head.window {
            Window::Held => shown.held().as_ptr(),
            Window::Lent => lent,
            Window::Scratch => shown.scratch().as_ptr(),
        };
        // The base lies within the window, so the pointer stays within its octets.
        let base = start.wrapping_add(head.base as usize);
        if self.fields.len() < fields.len() {
            self.make_room(fields.len())?;
        }
        for (to, from) in self.fields.iter_mut().zip(fields) {
            *to = convert(base, from);
        }
        self.fill(base, head, fields.len());
        if head.window == Window::Scratch {
            self.show_trailers(base, shown.trailers())?;
        }
        Ok(&raw const self.head)
    }

    /// The trailers of a request that was gathered; they lie where its head does.
    #[cold]
    fn show_trailers(&mut self, base: *const u8, trailers: &[Field]) -> Result<(), Error> {
        self.trailers.clear();
        self.trailers.try_reserve(trailers.len()).map_err(|_| NO_MEMORY)?;
        self.trailers.extend(trailers.iter().map(|field| convert(base, field)));
        if !trailers.is_empty() {
            (self.head.trailers, self.head.trailer_count) = (self.trailers.as_ptr(), trailers.len());
        }
        Ok(())
    }

    #[inline(always)]
    fn fill(&mut self, base: *const u8, head: &Head, fields: usize) {
        let to = &mut self.head;
        to.method = range(base, head.parsed.method);
        to.target = range(base, head.parsed.target);
        to.reason = range(base, head.reason);
        (to.fields, to.field_count) = (self.fields.as_ptr(), fields);
        to.host = range(base, head.authority);
        to.content_length = head.content_length.unwrap_or(u64::MAX);
        to.head_len = head.parsed.head_len as usize;
        (to.flags, to.status) = (head.flags, head.status);
        (to.method_id, to.version_minor) = (head.parsed.method_id, head.parsed.version_minor);
        (to.trailers, to.trailer_count) = (null(), 0);
    }
}

#[inline(always)]
fn range(base: *const u8, Octets { offset, len }: Octets) -> ww_span {
    ww_span { data: base.wrapping_add(offset as usize), len: len as usize }
}

#[inline(always)]
fn convert(base: *const u8, field: &Field) -> ww_field {
    ww_field {
        name: ww_span { data: base.wrapping_add(field.name as usize), len: field.name_len.into() },
        value: ww_span { data: base.wrapping_add(field.value as usize), len: field.value_len as usize },
        id: field.id.into(),
        flags: field.flags.into(),
        reserved: 0,
    }
}

/// A span of content as a pointer.
#[inline]
fn span(shown: Shown<'_>, lent: *const u8, span: Span) -> ww_span {
    let start = match span.window {
        Window::Held => shown.held().as_ptr(),
        Window::Lent => lent,
        Window::Scratch => shown.scratch().as_ptr(),
    };
    ww_span { data: start.wrapping_add(span.offset as usize), len: span.len as usize }
}

/// The C event of a connection's event, but for its head.
#[inline(always)]
pub(super) fn write(to: &mut ww_event, about: ww_event, from: Event, shown: Shown<'_>, lent: *const u8) {
    match from {
        Event::Request { last } => {
            *to =
                ww_event { kind: event::WW_EVENT_REQUEST, flags: u32::from(last) * event::WW_EVENT_FLAG_LAST, ..about };
        }
        Event::Message { span: at, text, first, last } => {
            let set = |on: bool, flag: u32| u32::from(on) * flag;
            let kind = if text { event::WW_EVENT_FLAG_TEXT } else { event::WW_EVENT_FLAG_BINARY };
            let place = set(first, event::WW_EVENT_FLAG_FIRST) | set(last, event::WW_EVENT_FLAG_LAST);
            let flags = kind | place | set(!(first && last), event::WW_EVENT_FLAG_PART);
            *to = ww_event { kind: event::WW_EVENT_MESSAGE, flags, data: span(shown, lent, at), ..about };
        }
        other => {
            *to = rare(other, shown, lent);
            (to.conn, to.user) = (about.conn, about.user);
        }
    }
}

/// The C event of a whole message, which lies in `lent` as `message` says: what [`write()`] makes of it.
#[inline(always)]
pub(super) fn write_message(to: &mut ww_event, about: ww_event, message: &MessagePart, lent: &[u8]) {
    let data = ww_span { data: lent.as_ptr().wrapping_add(message.offset), len: message.len };
    let flags = if message.text { WW_SEND_TEXT } else { WW_SEND_BINARY };
    *to = ww_event { kind: event::WW_EVENT_MESSAGE, flags, data, ..about };
}

#[inline(never)]
fn rare(from: Event, shown: Shown<'_>, lent: *const u8) -> ww_event {
    match from {
        Event::Whole { content, .. } => {
            let data = span(shown, lent, content);
            ww_event { data, ..ww_event::new(event::WW_EVENT_REQUEST).last(true) }
        }
        Event::Data { span: at, last } => {
            let data = span(shown, lent, at);
            ww_event { data, ..ww_event::new(event::WW_EVENT_DATA).last(last) }
        }
        Event::Error(error) => {
            let flags = u32::from(shown.is_refusing()) * event::WW_EVENT_FLAG_CAN_RESPOND;
            ww_event { flags, code: error.code() as i32, ..ww_event::new(event::WW_EVENT_ERROR) }
        }
        Event::Raw(at) => ww_event { data: span(shown, lent, at), ..ww_event::new(event::WW_EVENT_RAW) },
        Event::Ping(at) => ww_event { data: span(shown, lent, at), ..ww_event::new(event::WW_EVENT_PING) },
        Event::Pong(at) => ww_event { data: span(shown, lent, at), ..ww_event::new(event::WW_EVENT_PONG) },
        Event::CloseFrame { code, span: at } => {
            let data = span(shown, lent, at);
            ww_event { data, code: code.into(), ..ww_event::new(event::WW_EVENT_CLOSE_FRAME) }
        }
        other => plain(other),
    }
}

/// Events without octets.
fn plain(from: Event) -> ww_event {
    match from {
        Event::Response { last } => ww_event::new(event::WW_EVENT_RESPONSE).last(last),
        Event::Interim => ww_event::new(event::WW_EVENT_INTERIM),
        Event::RawEnd { clean } => {
            let code = if clean { WW_OK } else { Code::Truncated as i32 };
            ww_event { code, ..ww_event::new(event::WW_EVENT_RAW_END) }
        }
        Event::Writable => ww_event::new(event::WW_EVENT_WRITABLE),
        Event::Continue => ww_event::new(event::WW_EVENT_CONTINUE),
        Event::PeerEnded => ww_event::new(event::WW_EVENT_PEER_ENDED),
        Event::Released(token) => ww_event { token, ..ww_event::new(event::WW_EVENT_RELEASED) },
        _ => ww_event::new(event::WW_EVENT_END).last(true),
    }
}
