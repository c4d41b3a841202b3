//! What an input can have done: one deed for each octet.

use std::ptr::null;

use wireway::ffi::conn::info::*;
use wireway::ffi::conn::tls::*;
use wireway::ffi::head::types::{ww_error_info, ww_span};
use wireway::ffi::tls::info::ww_tls_info;

use super::world::World;
use super::{acts, transport};
use crate::api::application::Mode;
use crate::api::input::Input;
use crate::api::octets::NO_SPAN;
use crate::api::peer;
use crate::api::trace::note;

pub type Deed = fn(&mut World, usize, &mut Input);

/// Those that are to be done often stand here more than once. Their order is what recorded inputs mean.
const DEEDS: [(&str, Deed); 28] = [
    ("turn", turn),
    ("turn", turn),
    ("turn", turn),
    ("turn_without_writing", turn_without_writing),
    ("turn_without_writing", turn_without_writing),
    ("deliver", deliver),
    ("deliver", deliver),
    ("pull", pull),
    ("pull", pull),
    ("drain", drain),
    ("write_out", write_out),
    ("write_out", write_out),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("act", acts::act),
    ("peer", peer),
    ("peer", peer),
    ("peer", peer),
    ("hold", hold),
    ("tick", tick),
    ("trouble", trouble),
    ("look", look),
    ("anything", acts::anything),
];

/// The next one. The first bit says which end does it.
pub fn one(world: &mut World, input: &mut Input) {
    if world.is_over() {
        world.reset();
    }
    let octet = usize::from(input.octet());
    let at = (octet >> 7) % world.ends.len();
    let (name, deed) = DEEDS[(octet & 0x7f) % DEEDS.len()];
    note(format_args!("{at} {name}"));
    deed(world, at, input);
}

fn turn(world: &mut World, at: usize, _: &mut Input) {
    transport::turn(world, at, usize::MAX, true);
}

fn turn_without_writing(world: &mut World, at: usize, input: &mut Input) {
    let most = 1 + input.length();
    transport::turn(world, at, most, false);
}

fn deliver(world: &mut World, at: usize, input: &mut Input) {
    let most = 1 + input.length();
    if !transport::deliver(world, at, most) {
        transport::deliver_end(world, at);
    }
}

fn pull(world: &mut World, at: usize, _: &mut Input) {
    transport::pull(world, at);
}

fn drain(world: &mut World, at: usize, _: &mut Input) {
    transport::drain(world, at);
}

fn write_out(world: &mut World, at: usize, input: &mut Input) {
    let octet = input.octet();
    transport::write(world, at, 1 + usize::from(octet & 3), 1 + usize::from(octet >> 2) * 16);
}

fn hold(world: &mut World, at: usize, input: &mut Input) {
    let holds = input.rarely(3);
    // SAFETY: a connection of ours.
    world.ends[at].handle.call(|c| unsafe { if holds { ww_conn_pause(c) } else { ww_conn_resume(c) } });
}

fn tick(world: &mut World, at: usize, input: &mut Input) {
    let due = world.ends[at].handle.deadline(world.now).saturating_sub(world.now);
    let to_due = if due < 1 << 40 { due } else { 0 };
    let ms = input.of(&[0, 0, 0, 1, 1, 1, 5, 5, 10, 10, 50, to_due, to_due.saturating_sub(1), 30_000]);
    world.tick(at, ms);
}

/// What ends connections, and what makes memory fail.
fn trouble(world: &mut World, at: usize, input: &mut Input) {
    match input.octet() % 64 {
        0..3 => {
            world.ends[at].is_troubled = true;
            // SAFETY: a connection of ours.
            world.ends[at].handle.call(|c| unsafe { ww_conn_shutdown(c) });
        }
        3 => world.abort(at),
        4 => world.reset(),
        5..9 => {
            world.ends[at].is_troubled = true;
            let clean = input.bit();
            world.ends[at].incoming.close(clean);
        }
        9..15 => world.workspace.fail_after(u32::from(input.octet() & 7)),
        15..30 => world.workspace.mend(),
        _ => {}
    }
}

/// Calls that change nothing.
fn look(world: &mut World, at: usize, _: &mut Input) {
    let handle = &world.ends[at].handle;
    let before = (handle.state(), handle.deadline(world.now));
    let (error, text) = (size_of::<ww_error_info>(), null());
    let mut error =
        ww_error_info { size: error, code: 0, http_status: 0, index: 0, offset: 0, rule: text, reason: text };
    // SAFETY: integers and pointers only.
    let mut info: ww_tls_info = unsafe { std::mem::zeroed() };
    info.size = size_of::<ww_tls_info>();
    let mut der: ww_span = NO_SPAN;
    // SAFETY: a connection and structs of ours.
    handle.call(|c| unsafe {
        assert_eq!(ww_conn_error(c, &raw mut error), 0);
        assert_eq!(ww_conn_tls_info(c, &raw mut info), 0);
        ww_conn_tls_peer_certificate(c, 0, &raw mut der)
    });
    assert_eq!(before, (handle.state(), handle.deadline(world.now)));
}

/// What a peer that is not ours says; between two of ours nothing.
fn peer(world: &mut World, at: usize, input: &mut Input) {
    if world.ends.len() == 2 {
        return;
    }
    let end = &mut world.ends[at];
    let octets = peer::say(end.is_server, end.app.mode == Mode::WebSocket, input);
    end.incoming.send(&octets);
}
