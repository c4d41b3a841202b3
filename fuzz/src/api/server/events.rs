//! What the application of a server does with an event.

use wireway::ffi::event::*;
use wireway::ffi::head::flags::WW_METHOD_CONNECT;
use wireway::ffi::server::websocket::ww_server_send_message;

use super::script;
use super::world::World;
use crate::api::application::{Mode, Offer};
use crate::api::octets::{fields, shown};
use crate::api::trace::note;

pub fn handle(world: &mut World, event: &ww_event) {
    note(format_args!(
        "  {:x}: event {} ({:x}, {}) {}",
        event.conn, event.kind, event.flags, event.data.len, event.code
    ));
    match event.kind {
        WW_EVENT_REQUEST => on_request(world, event),
        WW_EVENT_RELEASED => world.loans.released(event.conn, event.token),
        WW_EVENT_POST => world.posts.came(event.token, event.conn),
        WW_EVENT_UNDELIVERED => world.posts.undelivered(event.token),
        WW_EVENT_CLOSED => assert!(world.loans.are_back(event.conn), "closed before all that was lent came back"),
        WW_EVENT_MESSAGE if world.habits.echoes => {
            let octets = shown(event.data);
            // SAFETY: a server of ours, and octets of an event that is alive.
            world.server.call(|s| unsafe {
                ww_server_send_message(s, event.conn, event.flags, octets.as_ptr().cast(), octets.len())
            });
        }
        WW_EVENT_RAW if world.habits.echoes => script::send(world, event.conn, shown(event.data)),
        _ => {}
    }
}

fn on_request(world: &mut World, event: &ww_event) {
    let known = world.conns.get(event.conn).expect("it is open");
    // SAFETY: the head of an event that is alive.
    let is_connect = unsafe { (*event.head).method_id } == WW_METHOD_CONNECT;
    (known.mode, known.is_open) = (Mode::Http, false);
    known.offer = if is_connect { Offer::Tunnel } else { offer(event) };
    if event.flags & WW_EVENT_FLAG_LAST == 0 {
        script::bound(world, event.conn);
    }
    let known = world.conns.get(event.conn).expect("it is open");
    if world.habits.takes_upgrades && known.offer != Offer::Nothing && event.flags & WW_EVENT_FLAG_LAST != 0 {
        script::upgrade(world, event.conn);
    } else if world.habits.answers {
        script::respond(world, event.conn, 200, 100, 0);
    }
}

fn offer(event: &ww_event) -> Offer {
    let has = |text: &[u8]| fields(event.head).iter().any(|field| shown(field.value).eq_ignore_ascii_case(text));
    if has(b"websocket") {
        Offer::WebSocket
    } else if has(b"foo") {
        Offer::Protocol
    } else {
        Offer::Nothing
    }
}
