//! The end of a run: what was held back goes on, what is open is finished, and all that was said must have been heard.

use wireway::ffi::conn::info::*;

use super::world::World;
use super::{transport, write, write_websocket};
use crate::api::application::{Mode, Offer};
use crate::api::octets::content;

const ROUNDS_MAX: usize = 100_000;

/// Until nothing more happens.
pub fn all(world: &mut World) {
    for end in &mut world.ends {
        end.app.habits.echoes = false;
        // SAFETY: a connection of ours.
        end.handle.call(|c| unsafe { ww_conn_resume(c) });
    }
    for round in 0.. {
        assert!(round < ROUNDS_MAX, "the ends never come to rest");
        let mut has_moved = false;
        for at in 0..world.ends.len() {
            has_moved |= transport::turn(world, at, usize::MAX, true);
            has_moved |= finish(world, at);
        }
        if !has_moved {
            return;
        }
    }
}

/// Answers, and ends what was begun; answers whether there was anything.
fn finish(world: &mut World, at: usize) -> bool {
    let end = &mut world.ends[at];
    if let Some(is_text) = end.app.open_frame {
        let flags = write_websocket::part(end, is_text, true);
        write_websocket::send(end, flags, Vec::new());
        return end.app.open_frame.is_none();
    }
    if let Some((number, left)) = end.app.open {
        if let Some(left @ 1..) = left {
            write::send(end, &content(number, left as usize));
        }
        write::finish(end, false);
        return end.app.open.is_none();
    }
    if end.is(WW_STATE_CAN_RESPOND) && end.app.mode == Mode::Http {
        end.app.offer = Offer::Nothing;
        write::respond(end, 200, 3, 0);
        return !end.is(WW_STATE_CAN_RESPOND);
    }
    false
}

/// Where nothing went wrong, each has heard all that the other said.
pub fn compare(world: &World) {
    let [one, other] = &world.ends[..] else { return };
    if one.is_troubled || other.is_troubled || world.is_tight {
        return;
    }
    assert!(one.heard.is_all_of(&other.said), "a client has not heard all");
    assert!(other.heard.is_all_of(&one.said), "a server has not heard all");
}
