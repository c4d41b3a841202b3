//! Octets across the C API, and content that can be told apart.

use std::ptr::null;

use wireway::ffi::head::types::{ww_field, ww_head, ww_span};

pub const NO_SPAN: ww_span = ww_span { data: null(), len: 0 };

pub fn span(octets: &[u8]) -> ww_span {
    ww_span { data: octets.as_ptr(), len: octets.len() }
}

/// What a span of the library shows.
pub fn shown<'a>(span: ww_span) -> &'a [u8] {
    if span.len == 0 {
        return &[];
    }
    // SAFETY: a span of an event that is alive; nobody keeps the slice beyond it.
    unsafe { std::slice::from_raw_parts(span.data, span.len) }
}

pub fn field(name: &'static str, value: &[u8]) -> ww_field {
    ww_field { name: span(name.as_bytes()), value: span(value), id: 0, flags: 0, reserved: 0 }
}

/// The fields of a head that is alive.
pub fn fields<'a>(head: *const ww_head) -> &'a [ww_field] {
    // SAFETY: NULL or the head of an event that is alive.
    let Some(head) = (unsafe { head.as_ref() }) else { return &[] };
    if head.field_count == 0 {
        return &[];
    }
    // SAFETY: as the head says.
    unsafe { std::slice::from_raw_parts(head.fields, head.field_count) }
}

/// Content that is text, does not repeat soon and differs from message to message.
pub fn content(number: usize, len: usize) -> Vec<u8> {
    (0..len).map(|at| b'a' + ((at * 7 + at / 26 + number * 3) % 26) as u8).collect()
}

/// Octets of the only file there is, from `offset` on.
pub fn of_file(offset: u64, len: usize) -> Vec<u8> {
    (offset..).take(len).map(|at| b'A' + (at % 26) as u8).collect()
}
