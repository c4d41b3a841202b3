//! Messages and control frames of an application on a WebSocket.

use std::ptr::null_mut;

use wireway::ffi::conn::websocket::*;
use wireway::ffi::event::{WW_EVENT_FLAG_FIRST, WW_EVENT_FLAG_LAST, WW_EVENT_FLAG_TEXT};
use wireway::ffi::status::*;
use wireway::ffi::ws_message::*;
use wireway::ffi::ws_prepared::*;

use super::end::End;
use super::speech::Spoken;
use crate::api::octets::{NO_SPAN, span};

/// A client asks for one.
pub fn request(end: &mut End) {
    let handshake = ww_ws_handshake {
        size: size_of::<ww_ws_handshake>(),
        protocol: NO_SPAN,
        fields: std::ptr::null(),
        field_count: 0,
        target: span(b"/ws"),
        authority: span(b"a"),
        flags: [0, WW_WS_HANDSHAKE_PARTS, WW_WS_HANDSHAKE_WHOLE][end.app.asked % 3],
        reserved: 0,
    };
    // SAFETY: a connection and a handshake of ours.
    let status = end.write(|c| unsafe { ww_conn_request_websocket(c, &raw const handshake) });
    end.app.asked += usize::from(status == WW_OK);
}

/// A message or a part of one; `flags` as the call has them.
pub fn send(end: &mut End, flags: u32, octets: Vec<u8>) {
    // SAFETY: a connection and octets of ours.
    let status = end.write(|c| unsafe { ww_conn_send_message(c, flags, octets.as_ptr().cast(), octets.len()) });
    if status == WW_OK {
        said(end, flags, octets);
    }
}

/// A whole message that is prepared for it.
pub fn send_prepared(end: &mut End, flags: u32, octets: Vec<u8>) {
    let mut message = null_mut();
    // SAFETY: octets of ours.
    let made = unsafe { ww_ws_prepare(flags, octets.as_ptr().cast(), octets.len(), &raw mut message) };
    assert_eq!(made, WW_OK);
    // SAFETY: a connection and a message of ours, which is freed once.
    let status = end.write(|c| unsafe { ww_conn_send_prepared(c, message) });
    // SAFETY: as above; what was sent is a copy.
    unsafe { ww_ws_prepared_free(message) };
    if status == WW_OK {
        said(end, flags, octets);
    }
}

/// A message, or a part of one, was taken.
fn said(end: &mut End, flags: u32, octets: Vec<u8>) {
    if flags & WW_EVENT_FLAG_FIRST != 0 {
        assert!(end.app.open_frame.is_none(), "messages were mixed");
        let is_text = flags & WW_EVENT_FLAG_TEXT != 0;
        end.said.frames.push(Spoken { is_text, ..Spoken::default() });
    }
    let spoken = end.said.frames.last_mut().expect("a message that was begun");
    spoken.content.extend(octets);
    spoken.is_whole = flags & WW_EVENT_FLAG_LAST != 0;
    end.app.open_frame = if spoken.is_whole { None } else { Some(spoken.is_text) };
}

/// The flags of the next part: `is_last` ends a message that is under way, or makes it whole.
pub fn part(end: &End, is_text: bool, is_last: bool) -> u32 {
    let first = if end.app.open_frame.is_none() { WW_SEND_FIRST } else { 0 };
    let kind = if end.app.open_frame.unwrap_or(is_text) { WW_SEND_TEXT_PART } else { WW_SEND_BINARY_PART };
    first | kind | if is_last { WW_SEND_LAST } else { 0 }
}

pub fn ping(end: &mut End, octets: &[u8]) {
    // SAFETY: a connection and octets of ours.
    end.write(|c| unsafe { ww_conn_ping(c, octets.as_ptr().cast(), octets.len()) });
}

pub fn close(end: &mut End, code: u16) {
    let reason = if code == 0 { NO_SPAN } else { span(b"enough") };
    // SAFETY: a connection and octets of ours.
    let status = end.write(|c| unsafe { ww_conn_close_websocket(c, code, reason) });
    end.is_troubled |= status == WW_OK;
}
