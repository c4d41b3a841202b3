//! What the application of a server does at a time of its own.

use wireway::ffi::event::ww_id;
use wireway::ffi::mailbox::*;
use wireway::ffi::message::*;
use wireway::ffi::server::hold::*;
use wireway::ffi::server::info::ww_server_peer;
use wireway::ffi::server::topics::*;
use wireway::ffi::server::websocket::*;
use wireway::ffi::server::{ww_server_drain, ww_server_flush};
use wireway::ffi::slow::*;
use wireway::ffi::status::*;
use wireway::ffi::ws_message::*;

use super::script;
use super::world::World;
use crate::api::application::{Mode, Offer};
use crate::api::input::Input;
use crate::api::octets::{NO_SPAN, content, span};

fn some_conn(world: &World, input: &mut Input) -> Option<ww_id> {
    world.conns.pick(usize::from(input.octet()))
}

/// What an application of this state has a reason to do.
pub fn act(world: &mut World, input: &mut Input) {
    let Some(conn) = some_conn(world, input) else { return };
    let known = world.conns.get(conn).expect("it is open");
    let (mode, offer, is_open) = (known.mode, known.offer, known.is_open);
    match (mode, input.octet() % 8) {
        (Mode::WebSocket, 0..6) => drop(message(world, conn, input)),
        (Mode::Raw, 0..6) => drop(stream(world, conn, input)),
        (Mode::Http, 0..6) if is_open => drop(stream(world, conn, input)),
        (Mode::Http, 0..4) if offer != Offer::Nothing => drop(script::upgrade(world, conn)),
        (Mode::Http, 0..7) => drop(respond(world, conn, input)),
        _ => drop(anything(world, conn, input)),
    }
}

fn anything(world: &mut World, conn: ww_id, input: &mut Input) -> ww_status {
    match input.octet() % 5 {
        0 => respond(world, conn, input),
        1 => stream(world, conn, input),
        2 => message(world, conn, input),
        3 => script::inform(world, conn),
        _ => script::finish(world, conn),
    }
}

fn respond(world: &mut World, conn: ww_id, input: &mut Input) -> ww_status {
    const FLAGS: [u32; 6] =
        [0, 0, WW_MESSAGE_STREAM, WW_MESSAGE_STREAM, WW_MESSAGE_LENT, WW_MESSAGE_CLOSE | WW_MESSAGE_STREAM];
    const FILE: u16 = 0;
    let (status, flags) = (input.of(&[200, FILE, 404, 204, 304]), input.of(&FLAGS));
    let len = input.length() * if input.rarely(8) { 100 } else { 1 };
    if status == FILE {
        return script::respond_file(world, conn, 0, (len as u64).min(script::FILE_LEN as u64));
    }
    script::respond(world, conn, status, len, flags)
}

fn stream(world: &mut World, conn: ww_id, input: &mut Input) -> ww_status {
    let octets = content(2, input.length());
    match input.octet() % 6 {
        0 | 1 => {
            script::send(world, conn, &octets);
            WW_OK
        }
        2 => script::send_lent(world, conn, &octets),
        // Now and then a file that is shorter than was said.
        3 | 4 => {
            let offset = u64::from(input.octet()) << 8;
            let most = script::FILE_LEN as u64 - offset;
            script::send_file(world, conn, offset, if input.rarely(16) { most + 5 } else { most })
        }
        _ => script::finish(world, conn),
    }
}

fn message(world: &mut World, conn: ww_id, input: &mut Input) -> ww_status {
    let octets = content(3, input.length());
    let (at, len) = (octets.as_ptr().cast(), octets.len());
    let flags = input.of(&[
        WW_SEND_BINARY,
        WW_SEND_TEXT,
        WW_SEND_BINARY,
        WW_SEND_TEXT,
        WW_SEND_BINARY_PART | WW_SEND_FIRST,
        WW_SEND_BINARY_PART,
        WW_SEND_BINARY_PART | WW_SEND_LAST,
        WW_SEND_BINARY | WW_SEND_UNCOMPRESSED,
    ]);
    let choice = input.octet() % 8;
    // SAFETY: a server and octets of ours.
    world.server.call(|s| unsafe {
        match choice {
            0..4 => ww_server_send_message(s, conn, flags, at, len),
            4 => ww_server_publish_to(s, conn, WW_SEND_BINARY | WW_SLOW_NEWEST, 1, at, len),
            5 => ww_server_publish_to(s, conn, WW_SEND_BINARY | WW_SLOW_DROP, 0, at, len),
            6 => ww_server_ping(s, conn, at, len.min(125)),
            _ => ww_server_close_websocket(s, conn, 1000, NO_SPAN),
        }
    })
}

pub fn topic(world: &mut World, input: &mut Input) {
    let topic = span(input.of(&[&b"a"[..], b"b", b"ccc"]));
    let choice = input.octet();
    let conn = some_conn(world, input).unwrap_or_default();
    let octets = content(4, input.length());
    let slow = input.of(&[0, WW_SLOW_CLOSE, WW_SLOW_DROP, WW_SLOW_NEWEST, 0, u32::MAX]);
    let flags = if slow == u32::MAX { WW_SEND_TEXT } else { WW_SEND_BINARY | slow };
    let mut taken = 0;
    // SAFETY: a server and octets of ours.
    world.server.call(|s| unsafe {
        match choice % 8 {
            0..3 => ww_server_subscribe(s, conn, topic),
            3 => ww_server_unsubscribe(s, conn, topic),
            _ => ww_server_publish(s, topic, flags, 2, octets.as_ptr().cast(), octets.len(), &raw mut taken),
        }
    });
    assert!(taken <= world.conns.len() + world.peers.len(), "more subscribers than connections");
}

/// To a connection that lives or not, or to the server itself.
pub fn post(world: &mut World, input: &mut Input) {
    let choice = input.octet();
    let conn = match choice & 3 {
        0 => 0,
        1 => world.conns.dead.last().copied().unwrap_or_default(),
        _ => some_conn(world, input).unwrap_or_default(),
    };
    let octets = content(5, input.length());
    let (at, len, token) = (octets.as_ptr().cast(), octets.len(), world.posts.next_token());
    let flags = if choice & 4 != 0 { WW_POST_REPORT } else { 0 };
    let kind = if conn == 0 { 0 } else { choice >> 3 & 3 };
    // SAFETY: a mailbox and octets of ours.
    let status = world.server.post(|mailbox| unsafe {
        match kind {
            0 | 1 => ww_mailbox_post(mailbox, conn, at, len, token, flags),
            2 => ww_mailbox_send_message(mailbox, conn, WW_SEND_BINARY, 0, at, len, token, flags),
            _ => ww_mailbox_publish(mailbox, span(b"a"), WW_SEND_BINARY, 0, at, len),
        }
    });
    if status == WW_OK && kind != 3 {
        world.posts.taken(token, conn, flags != 0, kind < 2);
    }
}

pub fn hold(world: &mut World, input: &mut Input) {
    let Some(conn) = some_conn(world, input) else { return };
    let choice = input.octet();
    let user = usize::from(choice) << 4;
    // SAFETY: a server of ours; the pointer is never followed.
    let status = world.server.call(|s| unsafe {
        match choice % 8 {
            0 | 1 => ww_server_pause(s, conn),
            2..5 => ww_server_resume(s, conn),
            5 => ww_server_flush(s),
            _ => ww_server_set_user(s, conn, std::ptr::without_provenance_mut(user)),
        }
    });
    if let (Some(known), WW_OK, 6..) = (world.conns.get(conn), status, choice % 8) {
        known.user = user;
    }
}

/// Calls on an id that is dead: all of them say so.
pub fn stale(world: &mut World, input: &mut Input) {
    let count = world.conns.dead.len();
    if count == 0 {
        return;
    }
    let conn = world.conns.dead[usize::from(input.octet()) % count];
    let mut needed = 0;
    // SAFETY: a server of ours.
    unsafe {
        let s = world.server.raw;
        assert_eq!(ww_server_pause(s, conn), WW_E_GONE);
        assert_eq!(ww_server_abort(s, conn), WW_E_GONE);
        assert_eq!(ww_server_subscribe(s, conn, span(b"a")), WW_E_GONE);
        assert_eq!(ww_server_ping(s, conn, std::ptr::null(), 0), WW_E_GONE);
        assert_eq!(ww_server_peer(s, conn, std::ptr::null_mut(), 0, &raw mut needed), WW_E_GONE);
    }
    assert_eq!(script::respond(world, conn, 200, 3, WW_MESSAGE_LENT), WW_E_GONE);
    assert_eq!(script::send_file(world, conn, 0, 1), WW_E_GONE);
    assert_eq!(script::respond_file(world, conn, 0, 1), WW_E_GONE);
    assert_eq!(script::finish(world, conn), WW_E_GONE);
}

/// What ends connections, and seldom the server.
pub fn end(world: &mut World, input: &mut Input) {
    let Some(conn) = some_conn(world, input) else { return };
    let within = input.of(&[u64::MAX, 20, 0]);
    let choice = input.octet() % 16;
    // SAFETY: a server of ours.
    world.server.call(|s| unsafe {
        match choice {
            0..6 => ww_server_shutdown(s, conn),
            6..12 => ww_server_abort(s, conn),
            12 => ww_server_drain(s, within),
            _ => WW_OK,
        }
    });
}
