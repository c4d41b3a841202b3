//! The calls of the C API on a connection.

use super::bench::{Bench, config, span, zeroed};
use super::tls::configs;
use core::ptr::{null, null_mut};
use wireway::ffi::config::*;
use wireway::ffi::conn::answer::*;
use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::file::*;
use wireway::ffi::conn::info::*;
use wireway::ffi::conn::tls::*;
use wireway::ffi::conn::websocket::*;
use wireway::ffi::conn::*;
use wireway::ffi::file::ww_file;
use wireway::ffi::file_response::ww_file_response;
use wireway::ffi::head::types::{ww_error_info, ww_field, ww_head, ww_span};
use wireway::ffi::message::*;
use wireway::ffi::tls::info::ww_tls_info;
use wireway::ffi::workspace::*;
use wireway::ffi::ws_message::*;
use wireway::ffi::ws_prepared::*;

/// A call as C would make it: pointers are to static octets or to the bench's own.
macro_rules! c {
    ($call:expr) => {
        // SAFETY: as said above.
        unsafe { $call }
    };
}

/// The function, and what is done with it; its status.
pub type Call = (&'static str, fn(&mut Bench) -> i32);

pub const CALLS: &[Call] = &[
    ("ww_conn_new", new),
    ("ww_conn_new", new_client_over_tls),
    ("ww_conn_reset", |b| c!(ww_conn_reset(b.conn, b.now))),
    ("ww_conn_respond", |b| respond(b, &RESPONSE)),
    ("ww_conn_respond", |b| respond(b, &LENT)),
    ("ww_conn_limit_content", |b| c!(ww_conn_limit_content(b.conn, 2))),
    ("ww_conn_gather_content", |b| c!(ww_conn_gather_content(b.conn, 1000))),
    ("ww_conn_send_interim", |b| c!(ww_conn_send_interim(b.conn, 103, null(), 0))),
    ("ww_conn_switch", |b| switch(b, 101)),
    ("ww_conn_request", request),
    ("ww_conn_send", |b| send(b, 9000)),
    ("ww_conn_send_lent", |b| c!(ww_conn_send_lent(b.conn, CONTENT.as_ptr().cast(), 5000, 2))),
    ("ww_conn_send_file", send_file),
    ("ww_conn_respond_file", respond_file),
    ("ww_conn_output_file", |b| {
        let mut file = ww_file { size: size_of::<ww_file>(), ..zeroed() };
        c!(ww_conn_output_file(b.conn, &mut file))
    }),
    ("ww_conn_send_file_bytes", |b| c!(ww_conn_send_file_bytes(b.conn, CONTENT.as_ptr().cast(), 5000))),
    ("ww_conn_finish", |b| c!(ww_conn_finish(b.conn, null(), 0))),
    ("ww_conn_finish", |b| c!(ww_conn_finish(b.conn, &field(), 1))),
    ("ww_conn_accept_websocket", accept_websocket),
    ("ww_conn_request_websocket", request_websocket),
    ("ww_conn_send_message", |b| send_message(b, WW_SEND_TEXT, "hello")),
    ("ww_conn_send_message", |b| send_message(b, WW_SEND_TEXT_PART, "goes on")),
    ("ww_conn_send_message", send_long_message),
    ("ww_conn_send_prepared", send_prepared),
    ("ww_conn_ping", |b| c!(ww_conn_ping(b.conn, CONTENT.as_ptr().cast(), 5))),
    ("ww_conn_close_websocket", close_websocket),
    ("ww_conn_shutdown", |b| c!(ww_conn_shutdown(b.conn))),
    ("ww_conn_receive", Bench::receive_coming),
    ("ww_conn_next", Bench::drain),
    ("ww_conn_receive_eof", |b| c!(ww_conn_receive_eof(b.conn, true, b.now))),
    ("ww_conn_peer_ended", |b| c!(ww_conn_peer_ended(b.conn, b.now))),
    ("ww_conn_memory", |b| {
        c!(ww_conn_memory(b.conn));
        0
    }),
    ("ww_conn_pause", |b| c!(ww_conn_pause(b.conn))),
    ("ww_conn_resume", |b| c!(ww_conn_resume(b.conn))),
    ("ww_conn_abort", |b| c!(ww_conn_abort(b.conn, b.now))),
    ("ww_conn_tick", |b| {
        b.now += 40_000;
        c!(ww_conn_tick(b.conn, b.now))
    }),
    ("ww_conn_deadline", |b| {
        c!(ww_conn_deadline(b.conn, b.now));
        0
    }),
    ("ww_conn_output", |b| {
        let mut iov: [ww_iovec; 8] = zeroed();
        c!(ww_conn_output(b.conn, iov.as_mut_ptr(), 8));
        0
    }),
    ("ww_conn_sent", Bench::send_shown),
    ("ww_conn_state", |b| (b.state(), 0).1),
    ("ww_conn_error", |b| {
        let mut info = ww_error_info { size: size_of::<ww_error_info>(), ..zeroed() };
        c!(ww_conn_error(b.conn, &mut info))
    }),
    ("ww_conn_tls_info", |b| {
        let mut info = ww_tls_info { size: size_of::<ww_tls_info>(), ..zeroed() };
        c!(ww_conn_tls_info(b.conn, &mut info))
    }),
    ("ww_conn_tls_peer_certificate", |b| c!(ww_conn_tls_peer_certificate(b.conn, 0, &mut zeroed()))),
    ("ww_workspace_set_time", |b| c!(ww_workspace_set_time(b.ws, 1_700_000_001))),
    ("ww_workspace_memory", |b| (c!(ww_workspace_memory(b.ws)), 0).1),
];

static CONTENT: [u8; 40_000] = [b'x'; 40_000];
const NOTHING: ww_span = ww_span { data: null(), len: 0 };

/// A small response.
pub const RESPONSE: ww_response = ww_response {
    size: size_of::<ww_response>(),
    status: 200,
    reserved: 0,
    flags: 0,
    reason: NOTHING,
    fields: null(),
    field_count: 0,
    content: ww_span { data: CONTENT.as_ptr(), len: 6000 },
    content_length: 0,
    token: 0,
};
const LENT: ww_response = ww_response { flags: WW_MESSAGE_LENT, token: 1, ..RESPONSE };
/// One that goes on.
pub const STREAM: ww_response = ww_response { flags: WW_MESSAGE_STREAM, content: NOTHING, ..RESPONSE };

fn field() -> ww_field {
    ww_field { name: span("X-Sum"), value: span("1"), ..zeroed() }
}

pub fn respond(b: &mut Bench, response: &ww_response) -> i32 {
    // SAFETY: as C would, here and in every other call; content is static.
    unsafe { ww_conn_respond(b.conn, response) }
}

pub fn switch(b: &mut Bench, status: u16) -> i32 {
    let upgrade = ww_field { name: span("Upgrade"), value: span("websocket"), ..zeroed() };
    let field_count = usize::from(status == 101);
    let response = ww_response { status, content: NOTHING, fields: &upgrade, field_count, ..RESPONSE };
    // SAFETY: as above.
    unsafe { ww_conn_switch(b.conn, &response) }
}

pub fn request(b: &mut Bench) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_request(b.conn, &asked("GET", 0)) }
}

pub fn request_stream(b: &mut Bench) -> i32 {
    let flags = WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH | WW_MESSAGE_EXPECT;
    // SAFETY: as above.
    unsafe { ww_conn_request(b.conn, &ww_request { content_length: 9000, ..asked("POST", flags) }) }
}

pub fn asked(method: &'static str, flags: u32) -> ww_request {
    let (target, authority) = (span("/"), span("example.com"));
    ww_request { size: size_of::<ww_request>(), method: span(method), target, authority, flags, ..zeroed() }
}

pub fn send(b: &mut Bench, len: usize) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_send(b.conn, CONTENT.as_ptr().cast(), len) }
}

pub fn send_file(b: &mut Bench) -> i32 {
    // SAFETY: as above; nobody looks at the descriptor.
    unsafe { ww_conn_send_file(b.conn, &ww_file { size: size_of::<ww_file>(), fd: 5, offset: 0, len: 5000 }, 3) }
}

fn respond_file(b: &mut Bench) -> i32 {
    let request = ww_head { method: span("GET"), ..zeroed() };
    let (etag, content_type) = (span("\"x\""), span("text/plain"));
    let size = size_of::<ww_file_response>();
    let response = ww_file_response { size, fd: 5, len: 5000, etag, content_type, token: 4, ..zeroed() };
    // SAFETY: as above; nobody looks at the descriptor.
    unsafe { ww_conn_respond_file(b.conn, &request, &response) }
}

fn handshake() -> ww_ws_handshake {
    let (target, authority) = (span("/"), span("example.com"));
    ww_ws_handshake { size: size_of::<ww_ws_handshake>(), target, authority, ..zeroed() }
}

pub fn accept_websocket(b: &mut Bench) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_accept_websocket(b.conn, null()) }
}

pub fn request_websocket(b: &mut Bench) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_request_websocket(b.conn, &handshake()) }
}

pub fn send_message(b: &mut Bench, flags: u32, text: &str) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_send_message(b.conn, flags, text.as_ptr().cast(), text.len()) }
}

pub fn send_long_message(b: &mut Bench) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_send_message(b.conn, WW_SEND_BINARY, CONTENT.as_ptr().cast(), CONTENT.len()) }
}

fn send_prepared(b: &mut Bench) -> i32 {
    if b.prepared.is_null() {
        // SAFETY: as above; the bench frees it.
        assert_eq!(unsafe { ww_ws_prepare(WW_SEND_TEXT, CONTENT.as_ptr().cast(), 300, &mut b.prepared) }, 0);
    }
    // SAFETY: as above.
    unsafe { ww_conn_send_prepared(b.conn, b.prepared) }
}

pub fn close_websocket(b: &mut Bench) -> i32 {
    // SAFETY: as above.
    unsafe { ww_conn_close_websocket(b.conn, 1000, NOTHING) }
}

fn new(b: &mut Bench) -> i32 {
    make(b, &config(WW_ROLE_SERVER))
}

fn new_client_over_tls(b: &mut Bench) -> i32 {
    let tls = configs().client;
    make(b, &ww_conn_config { tls, server_name: span("example.com"), ..config(WW_ROLE_CLIENT) })
}

/// Another connection of the same workspace, which goes at once.
fn make(b: &mut Bench, config: &ww_conn_config) -> i32 {
    let mut conn = null_mut();
    // SAFETY: as above.
    unsafe {
        let status = ww_conn_new(config, b.ws, b.now, &mut conn);
        ww_conn_free(conn);
        status
    }
}
