//! What an application does with an event, before it pulls the next.

use wireway::ffi::conn::info::WW_STATE_CAN_RESPOND;
use wireway::ffi::event::*;
use wireway::ffi::head::flags::{WW_METHOD_CONNECT, WW_METHOD_HEAD};
use wireway::ffi::head::types::ww_head;

use super::end::End;
use super::{write, write_websocket};
use crate::api::application::{Mode, Offer};
use crate::api::octets::{fields, shown};

/// Remembers what is to be known of it, and does what the application does by itself.
pub fn handle(end: &mut End, event: &ww_event) {
    match event.kind {
        WW_EVENT_REQUEST => on_request(end, event),
        WW_EVENT_RESPONSE => on_response(end, event),
        WW_EVENT_MESSAGE if end.app.habits.echoes => {
            write_websocket::send(end, event.flags & 7, shown(event.data).to_vec());
        }
        WW_EVENT_ERROR if end.app.habits.answers && event.flags & WW_EVENT_FLAG_CAN_RESPOND != 0 => {
            write::respond_to_error(end);
        }
        WW_EVENT_RAW if end.app.habits.echoes => write::send(end, shown(event.data)),
        _ => {}
    }
}

fn on_request(end: &mut End, event: &ww_event) {
    // SAFETY: the head of an event that is alive.
    let head = unsafe { &*event.head };
    end.app.is_head = head.method_id == WW_METHOD_HEAD;
    end.app.offer = offer(head);
    if event.flags & WW_EVENT_FLAG_LAST == 0 {
        write::bound(end);
    }
    let takes =
        end.app.habits.takes_upgrades && event.flags & WW_EVENT_FLAG_LAST != 0 && end.app.offer != Offer::Nothing;
    if takes {
        write::upgrade(end);
    }
    if end.app.habits.answers && end.is(WW_STATE_CAN_RESPOND) {
        write::respond(end, 200, 5, 0);
    }
}

fn offer(head: &ww_head) -> Offer {
    if head.method_id == WW_METHOD_CONNECT {
        return Offer::Tunnel;
    }
    let has = |text: &[u8]| fields(head).iter().any(|field| shown(field.value).eq_ignore_ascii_case(text));
    if has(b"websocket") {
        Offer::WebSocket
    } else if head.flags & WW_HEAD_UPGRADE != 0 {
        Offer::Protocol
    } else {
        Offer::Nothing
    }
}

fn on_response(end: &mut End, event: &ww_event) {
    // SAFETY: the head of an event that is alive.
    let head = unsafe { &*event.head };
    end.app.asked = end.app.asked.saturating_sub(1);
    let is_tunnel = end.app.asked_for_tunnel && end.app.asked == 0 && head.status / 100 == 2;
    if head.flags & WW_HEAD_UPGRADE == 0 && !is_tunnel {
        return;
    }
    let is_websocket = fields(head).iter().any(|field| shown(field.name).eq_ignore_ascii_case(b"sec-websocket-accept"));
    end.app.mode = if is_websocket { Mode::WebSocket } else { Mode::Raw };
}
