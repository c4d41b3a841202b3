//! The calls of the application on a connection, by its id.

use std::fs::File;
use std::io::Write as _;
use std::os::fd::AsRawFd;
use std::ptr::null;
use std::sync::LazyLock;

use wireway::ffi::event::ww_id;
use wireway::ffi::file::ww_file;
use wireway::ffi::file_response::ww_file_response;
use wireway::ffi::head::types::ww_head;
use wireway::ffi::message::*;
use wireway::ffi::server::answer::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::status::*;

use super::world::World;
use crate::api::application::{Mode, Offer};
use crate::api::octets::{NO_SPAN, content, field, of_file, span};

/// Octets of the only file there is.
pub const FILE_LEN: usize = 1 << 16;

/// Nobody finds it by its name.
static FILE: LazyLock<File> = LazyLock::new(|| {
    let path = std::env::temp_dir().join(format!("wireway-api-{}", std::process::id()));
    let mut file = File::options().read(true).write(true).create(true).truncate(true).open(&path).expect("a folder");
    file.write_all(&of_file(0, FILE_LEN)).expect("there is room");
    std::fs::remove_file(&path).expect("it is ours");
    file
});

fn response<'a>(
    status: u16,
    flags: u32,
    content: &'a [u8],
    fields: &'a [wireway::ffi::head::types::ww_field],
) -> ww_response {
    ww_response {
        size: size_of::<ww_response>(),
        status,
        reserved: 0,
        flags,
        reason: NO_SPAN,
        fields: fields.as_ptr(),
        field_count: fields.len(),
        content: span(content),
        content_length: 0,
        token: 0,
    }
}

pub fn respond(world: &mut World, conn: ww_id, status: u16, len: usize, flags: u32) -> ww_status {
    let all = content(1, if matches!(status, 204 | 304) { 0 } else { len });
    let is_stream = flags & WW_MESSAGE_STREAM != 0;
    let fields = [field("X-N", b"1")];
    let mut response = response(status, flags, if is_stream { &[] } else { &all }, &fields);
    if flags & WW_MESSAGE_LENT != 0 {
        let (token, at) = world.loans.offer(conn, all.clone());
        (response.token, response.content.data) = (token, at);
    }
    // SAFETY: a server and a response of ours; what is lent stays until it is released.
    let answer = world.server.call(|s| unsafe { ww_server_respond(s, conn, &raw const response) });
    if answer == WW_OK {
        if flags & WW_MESSAGE_LENT != 0 {
            world.loans.taken();
        }
        if let Some(known) = world.conns.get(conn) {
            known.is_open = is_stream;
        }
    }
    answer
}

pub fn inform(world: &World, conn: ww_id) -> ww_status {
    // SAFETY: a server of ours.
    world.server.call(|s| unsafe { ww_server_send_interim(s, conn, 103, null(), 0) })
}

pub fn send(world: &mut World, conn: ww_id, octets: &[u8]) {
    // SAFETY: a server and octets of ours.
    world.server.call(|s| unsafe { ww_server_send(s, conn, octets.as_ptr().cast(), octets.len()) });
}

pub fn send_lent(world: &mut World, conn: ww_id, octets: &[u8]) -> ww_status {
    let (token, at) = world.loans.offer(conn, octets.to_vec());
    // SAFETY: a server of ours, and octets that stay until they are released.
    let status = world.server.call(|s| unsafe { ww_server_send_lent(s, conn, at.cast(), octets.len(), token) });
    if status == WW_OK {
        world.loans.taken();
    }
    status
}

pub fn send_file(world: &mut World, conn: ww_id, offset: u64, len: u64) -> ww_status {
    let (token, _) = world.loans.offer(conn, Vec::new());
    let file = ww_file { size: size_of::<ww_file>(), fd: FILE.as_raw_fd() as isize, offset, len };
    // SAFETY: a server and a struct of ours; the file is never closed.
    let status = world.server.call(|s| unsafe { ww_server_send_file(s, conn, &raw const file, token) });
    if status == WW_OK {
        world.loans.taken();
    }
    status
}

pub fn respond_file(world: &mut World, conn: ww_id, offset: u64, len: u64) -> ww_status {
    let (token, _) = world.loans.offer(conn, Vec::new());
    let fields = [field("X-N", b"1")];
    // SAFETY: a head and an answer of nothing but integers and pointers.
    let (mut head, mut answer): (ww_head, ww_file_response) = unsafe { std::mem::zeroed() };
    head.method = span(b"GET");
    (answer.size, answer.token) = (size_of::<ww_file_response>(), token);
    (answer.fd, answer.offset, answer.len) = (FILE.as_raw_fd() as isize, offset, len);
    (answer.fields, answer.field_count) = (fields.as_ptr(), fields.len());
    // SAFETY: a server and structs of ours; the file is never closed.
    let call = |s| unsafe { ww_server_respond_file(s, conn, &raw const head, &raw const answer) };
    let status = world.server.call(call);
    if status == WW_OK {
        world.loans.taken();
        if let Some(known) = world.conns.get(conn) {
            known.is_open = false;
        }
    }
    status
}

pub fn finish(world: &mut World, conn: ww_id) -> ww_status {
    // SAFETY: a server of ours.
    let status = world.server.call(|s| unsafe { ww_server_finish(s, conn, null(), 0) });
    if let (Some(known), WW_OK) = (world.conns.get(conn), status) {
        known.is_open = false;
    }
    status
}

/// Says at the head of a request how much content there may be.
pub fn bound(world: &mut World, conn: ww_id) {
    let Some((max, is_gathered)) = world.habits.bound else { return };
    // SAFETY: a server of ours.
    world.server.call(|s| unsafe {
        if is_gathered { ww_server_gather_content(s, conn, max) } else { ww_server_limit_content(s, conn, max) }
    });
}

/// Takes what the request in progress offers.
pub fn upgrade(world: &mut World, conn: ww_id) -> ww_status {
    let Some(offer) = world.conns.get(conn).map(|known| known.offer) else { return WW_E_GONE };
    let fields = [field("Upgrade", b"foo")];
    let is_tunnel = offer == Offer::Tunnel;
    let response = response(if is_tunnel { 200 } else { 101 }, 0, &[], if is_tunnel { &[] } else { &fields });
    // SAFETY: a server and a response of ours; a handshake may be NULL.
    let status = world.server.call(|s| unsafe {
        match offer {
            Offer::WebSocket => ww_server_accept_websocket(s, conn, null()),
            _ => ww_server_switch(s, conn, &raw const response),
        }
    });
    if let (Some(known), WW_OK) = (world.conns.get(conn), status) {
        known.mode = if offer == Offer::WebSocket { Mode::WebSocket } else { Mode::Raw };
    }
    status
}
