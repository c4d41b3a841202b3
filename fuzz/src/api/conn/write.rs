//! Messages of an application: requests, responses, and content in all the ways it can be sent.

use std::ptr::null;

use wireway::ffi::conn::answer::*;
use wireway::ffi::conn::websocket::ww_conn_accept_websocket;
use wireway::ffi::head::types::ww_field;
use wireway::ffi::message::*;
use wireway::ffi::status::*;

use super::end::End;
use super::speech::Spoken;
use crate::api::application::{Mode, Offer};
use crate::api::octets::{NO_SPAN, content, field, span};

/// A request that can be asked for: method, target, flags, and whether it has content.
const REQUESTS: [(&str, &str, u32, bool); 11] = [
    ("GET", "/", 0, false),
    ("HEAD", "/", 0, false),
    ("POST", "/a?b=c", 0, true),
    ("POST", "/", WW_MESSAGE_STREAM, true),
    ("PUT", "/", WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH, true),
    ("PUT", "/", WW_MESSAGE_STREAM | WW_MESSAGE_EXPECT, true),
    ("POST", "/", WW_MESSAGE_LENT, true),
    ("OPTIONS", "*", 0, false),
    ("GET", "/", WW_MESSAGE_CLOSE, false),
    ("GET", "/upgrade", 0, false),
    ("CONNECT", "a:1", 0, false),
];

pub fn request(end: &mut End, kind: usize, len: usize) {
    let (method, target, flags, has_content) = REQUESTS[kind % REQUESTS.len()];
    let number = end.said.messages.len();
    let (text, upgrade) = (number.to_string(), b"foo");
    let fields = [field("X-N", text.as_bytes()), field("Upgrade", upgrade)];
    let all = content(number, if has_content { len } else { 0 });
    let is_stream = flags & WW_MESSAGE_STREAM != 0;
    let (token, at) = lend(end, flags, &all);
    let request = ww_request {
        size: size_of::<ww_request>(),
        method: span(method.as_bytes()),
        target: span(target.as_bytes()),
        authority: span(if method == "CONNECT" { b"a:1" } else { b"a" }),
        fields: fields.as_ptr(),
        field_count: if target == "/upgrade" { 2 } else { 1 },
        content: if is_stream { NO_SPAN } else { at.map_or(span(&all), |data| ww_span_of(data, all.len())) },
        content_length: if flags & WW_MESSAGE_LENGTH != 0 { len as u64 } else { 0 },
        flags,
        reserved: 0,
        token,
    };
    // SAFETY: a connection and a request of ours; what is lent stays with its token.
    let status = end.write(|c| unsafe { ww_conn_request(c, &raw const request) });
    end.is_troubled |= flags & WW_MESSAGE_CLOSE != 0;
    if status == WW_OK {
        end.app.asked += 1;
        end.app.asked_for_tunnel |= method == "CONNECT";
        begin(end, all, flags, false);
    }
}

/// Answers the request in progress; `flags` are WW_MESSAGE_* bits.
pub fn respond(end: &mut End, status: u16, len: usize, flags: u32) {
    let number = end.said.messages.len();
    let text = number.to_string();
    let fields = [field("X-N", text.as_bytes())];
    let all = content(number, if matches!(status, 204 | 304) { 0 } else { len });
    let is_stream = flags & WW_MESSAGE_STREAM != 0;
    let (token, at) = lend(end, flags, &all);
    let response = ww_response {
        size: size_of::<ww_response>(),
        status,
        reserved: 0,
        flags,
        reason: NO_SPAN,
        fields: fields.as_ptr(),
        field_count: 1,
        content: if is_stream { NO_SPAN } else { at.map_or(span(&all), |data| ww_span_of(data, all.len())) },
        content_length: if flags & WW_MESSAGE_LENGTH != 0 { len as u64 } else { 0 },
        token,
    };
    // SAFETY: as in `request`.
    let answer = end.write(|c| unsafe { ww_conn_respond(c, &raw const response) });
    end.is_troubled |= flags & WW_MESSAGE_CLOSE != 0;
    if answer == WW_OK {
        let is_silent = end.app.is_head || matches!(status, 204 | 304);
        begin(end, all, flags, is_silent);
    }
}

/// With WW_MESSAGE_LENT: a token, and where the octets lie that stay.
fn lend(end: &mut End, flags: u32, all: &[u8]) -> (u64, Option<*const u8>) {
    if flags & WW_MESSAGE_LENT == 0 {
        return (0, None);
    }
    let (token, at) = end.tokens.offer(all.to_vec());
    (token, Some(at))
}

fn ww_span_of(data: *const u8, len: usize) -> wireway::ffi::head::types::ww_span {
    wireway::ffi::head::types::ww_span { data, len }
}

/// A message of ours was taken.
pub(super) fn begin(end: &mut End, all: Vec<u8>, flags: u32, is_silent: bool) {
    if flags & WW_MESSAGE_LENT != 0 {
        end.tokens.taken();
    }
    if flags & WW_MESSAGE_STREAM == 0 {
        end.said.messages.push(Spoken { content: all, is_whole: true, is_silent, is_text: false });
        return;
    }
    let left = (flags & WW_MESSAGE_LENGTH != 0).then_some(all.len() as u64);
    end.app.open = Some((end.said.messages.len(), left));
    end.said.messages.push(Spoken { is_silent, is_whole: left == Some(0), ..Spoken::default() });
}

pub fn send(end: &mut End, octets: &[u8]) {
    // SAFETY: a connection and octets of ours.
    let status = end.write(|c| unsafe { ww_conn_send(c, octets.as_ptr().cast(), octets.len()) });
    said(end, status, octets);
}

pub fn send_lent(end: &mut End, octets: &[u8]) {
    let (token, at) = end.tokens.offer(octets.to_vec());
    // SAFETY: a connection of ours, and octets that stay with their token.
    let status = end.write(|c| unsafe { ww_conn_send_lent(c, at.cast(), octets.len(), token) });
    if status == WW_OK {
        end.tokens.taken();
    }
    said(end, status, octets);
}

/// Octets were offered as content or as raw ones.
pub(super) fn said(end: &mut End, status: ww_status, octets: &[u8]) {
    if status != WW_OK || octets.is_empty() {
        return;
    }
    if end.app.mode == Mode::Raw {
        return end.said.raw.extend(octets);
    }
    let (number, left) = end.app.open.as_mut().expect("content is taken for a message that was begun");
    let spoken = &mut end.said.messages[*number];
    // What a HEAD is answered with is dropped, however much it is.
    let is_bounded = !spoken.is_silent;
    let taken = |left: u64| left.checked_sub(octets.len() as u64).or((!is_bounded).then_some(0));
    *left = left.map(|left| taken(left).expect("content is taken up to its length"));
    spoken.content.extend(octets);
    // A listener that was told the length knows the end by it.
    spoken.is_whole = *left == Some(0);
}

pub fn finish(end: &mut End, has_trailers: bool) {
    let trailers = [field("X-Sum", b"1")];
    let (at, count) = if has_trailers { (trailers.as_ptr(), 1) } else { (null::<ww_field>(), 0) };
    // SAFETY: a connection and fields of ours.
    let status = end.write(|c| unsafe { ww_conn_finish(c, at, count) });
    end.is_troubled |= status == WW_E_BODY_LENGTH;
    if status != WW_OK {
        return;
    }
    if end.app.mode == Mode::Raw {
        end.said.is_raw_over = true;
    } else if let Some((number, _)) = end.app.open.take() {
        end.said.messages[number].is_whole = true;
    }
}

pub fn inform(end: &mut End, status: u16) {
    let fields = [field("Link", b"</a>")];
    // SAFETY: a connection and fields of ours.
    end.write(|c| unsafe { ww_conn_send_interim(c, status, fields.as_ptr(), 1) });
}

/// Answers an error: it always fits.
pub fn respond_to_error(end: &mut End) {
    let response = ww_response {
        size: size_of::<ww_response>(),
        status: 400,
        reserved: 0,
        flags: 0,
        reason: NO_SPAN,
        fields: null(),
        field_count: 0,
        content: span(b"an error"),
        content_length: 0,
        token: 0,
    };
    // SAFETY: a connection and a response of ours.
    let status = end.write(|c| unsafe { ww_conn_respond(c, &raw const response) });
    assert!(status == WW_OK || status == WW_E_NOMEM, "the answer to an error fits");
}

/// Says at the head of a request how much content there may be.
pub fn bound(end: &mut End) {
    let Some((max, is_gathered)) = end.app.habits.bound else { return };
    // SAFETY: a connection of ours.
    end.write(|c| unsafe { if is_gathered { ww_conn_gather_content(c, max) } else { ww_conn_limit_content(c, max) } });
}

/// Takes what the request in progress offers.
pub fn upgrade(end: &mut End) {
    let fields = [field("Upgrade", b"foo")];
    let is_tunnel = end.app.offer == Offer::Tunnel;
    let response = ww_response {
        size: size_of::<ww_response>(),
        status: if is_tunnel { 200 } else { 101 },
        reserved: 0,
        flags: 0,
        reason: NO_SPAN,
        fields: fields.as_ptr(),
        field_count: usize::from(!is_tunnel),
        content: NO_SPAN,
        content_length: 0,
        token: 0,
    };
    let is_websocket = end.app.offer == Offer::WebSocket;
    // SAFETY: a connection and a response of ours; a handshake may be NULL.
    let status = end.write(|c| unsafe {
        if is_websocket { ww_conn_accept_websocket(c, null()) } else { ww_conn_switch(c, &raw const response) }
    });
    if status == WW_OK {
        end.app.mode = if is_websocket { Mode::WebSocket } else { Mode::Raw };
    }
}
