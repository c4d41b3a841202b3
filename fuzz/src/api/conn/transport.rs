//! The owner's part: octets to and from the wires, and the loop of the manual.

use wireway::ffi::conn::drive::*;
use wireway::ffi::conn::file::ww_conn_send_file_bytes;
use wireway::ffi::conn::info::*;
use wireway::ffi::status::*;

use super::events;
use super::world::World;
use crate::api::octets::of_file;
use crate::api::trace::note;

/// What one lend has at most where the config says nothing.
const LEND_MAX: usize = 4096;

/// Lends at most `most` octets of those that have come, if there is no lend; answers whether it did.
pub fn deliver(world: &mut World, at: usize, most: usize) -> bool {
    let (now, lend_max) = (world.now, world.lend_max[at]);
    let end = &mut world.ends[at];
    let len = most.min(end.incoming.octets.len()).min(lend_max);
    if end.lent.is_some() || len == 0 || end.incoming.is_over || !end.is(WW_STATE_WANT_READ) {
        return false;
    }
    end.witness.end();
    let mut lent = end.incoming.take(len);
    note(format_args!("  receive: {}", lent.escape_ascii()));
    let data = lent.as_mut_ptr();
    // SAFETY: a connection of ours; the octets stay until `next` answers anything but an event.
    let status = end.handle.call(|c| unsafe { ww_conn_receive(c, data.cast(), len, now) });
    assert_eq!(status, WW_OK, "WANT_READ is set and there is no lend");
    end.lent = Some(lent);
    true
}

/// Tells the end of the peer, when all its octets were lent.
pub fn deliver_end(world: &mut World, at: usize) -> bool {
    let now = world.now;
    let end = &mut world.ends[at];
    let Some(clean) = end.incoming.end else { return false };
    if end.incoming.is_over || !end.incoming.octets.is_empty() || end.lent.is_some() {
        return false;
    }
    end.incoming.is_over = true;
    note(format_args!("  receive_eof: {clean}"));
    // SAFETY: a connection of ours.
    let status = end.handle.call(|c| unsafe { ww_conn_receive_eof(c, clean, now) });
    assert_eq!(status, WW_OK);
    true
}

/// One event, handled; answers whether there was one.
pub fn pull(world: &mut World, at: usize) -> bool {
    let (end, said) = world.end_and_peer(at);
    let Ok(event) = end.next(said) else {
        world.obey(at);
        return false;
    };
    events::handle(end, &event);
    true
}

/// All events there are; how many.
pub fn drain(world: &mut World, at: usize) -> usize {
    for count in 0.. {
        assert!(count < 100_000, "events without an end");
        if !pull(world, at) {
            return count;
        }
    }
    unreachable!()
}

/// Writes at most `most` octets of the output, shown as at most `cap` pieces; answers how many.
pub fn write(world: &mut World, at: usize, cap: usize, most: usize) -> usize {
    let now = world.now;
    let end = &mut world.ends[at];
    let len = end.shown.update(&end.handle, cap).min(most);
    if len > 0 {
        let octets = end.shown.take(len);
        note(format_args!("  sent: {len}"));
        // SAFETY: a connection of ours, of which so much was shown.
        let status = end.handle.call(|c| unsafe { ww_conn_sent(c, len, now) });
        assert_eq!(status, WW_OK);
        world.send_to_peer(at, &octets);
    }
    let len = if len == 0 { write_file(world, at, most) } else { len };
    world.obey(at);
    len
}

/// Moves some of the file that the output stops at, by itself or through the connection.
fn write_file(world: &mut World, at: usize, most: usize) -> usize {
    let (now, supplies) = (world.now, world.supplies);
    let end = &mut world.ends[at];
    let Some((file, may_go)) = end.handle.file() else { return 0 };
    assert!(file.len > 0, "a file that is sent is not named");
    let octets = of_file(file.offset, most.min(file.len as usize));
    if may_go && !supplies {
        // SAFETY: a connection of ours.
        let status = end.handle.call(|c| unsafe { ww_conn_sent(c, octets.len(), now) });
        assert_eq!(status, WW_OK);
        world.send_to_peer(at, &octets);
        return octets.len();
    }
    // SAFETY: a connection and octets of ours.
    let status = end.handle.call(|c| unsafe { ww_conn_send_file_bytes(c, octets.as_ptr().cast(), octets.len()) });
    end.is_short_of_memory |= status == WW_E_NOMEM;
    end.is_troubled |= status == WW_E_NOMEM;
    octets.len()
}

/// The loop of the manual with a lend of at most `most` octets; `writes`: the transport takes output. Rounds bring something
/// on.
pub fn turn(world: &mut World, at: usize, most: usize, writes: bool) -> bool {
    let mut has_moved = deliver(world, at, most) || deliver_end(world, at) || world.ends[at].lent.is_some();
    // A pull may end a lend and by that announce an event; the next round has it.
    let mut idle_rounds = 0;
    while idle_rounds < 3 {
        let events = drain(world, at);
        let mut written = 0;
        if writes {
            while let len @ 1.. = write(world, at, 16, LEND_MAX) {
                written += len;
            }
        }
        has_moved |= events + written > 0;
        if !world.ends[at].is(WW_STATE_EVENTS) {
            return has_moved;
        }
        idle_rounds = if events + written > 0 { 0 } else { idle_rounds + 1 };
    }
    panic!("a turn without an end");
}
