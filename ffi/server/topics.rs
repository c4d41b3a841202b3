//! Topics of a server.

use core::ffi::c_void;

use super::{id, with, ww_server};
use crate::ffi::check::slice;
use crate::ffi::event::ww_id;
use crate::ffi::group::ww_group;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::slow::delivery;
use crate::ffi::status::{WW_E_SLOW, WW_OK, WW_PAUSED, ww_status};
use crate::service::Delivered;

/// Subscribes a connection to a topic: any name of 1 to 255 octets. The subscription ends with the connection. Subscribing again does
/// nothing. This call may follow ww_server_accept_websocket() at once: what is published after it is sent behind the 101.
///
/// The cost does not depend on how many subscriptions there are, of the topic or of the connection; nor does that of
/// ww_server_unsubscribe(), and a connection that ends pays the same for each of its own. A subscription takes 36 octets of `memory_max`,
/// a topic 52 and its name. Their memory is used again, and given back when nobody is subscribed to anything.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE; WW_E_LIMIT (the connection has `topics_conn_max` subscriptions); WW_E_NOMEM
/// (`memory_max` is used up). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_subscribe(server: *mut ww_server, conn: ww_id, topic: ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().subscribe(id(conn), octets(topic)?).map(|()| WW_OK)) }
}

/// Ends the subscription of a connection to a topic; it is no error if there is none. Does not allocate.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_unsubscribe(server: *mut ww_server, conn: ww_id, topic: ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.calls().unsubscribe(id(conn), octets(topic)?).map(|_| WW_OK)) }
}

/// Sends a whole message to every connection that is subscribed to a topic: `flags` are WW_SEND_TEXT or WW_SEND_BINARY,
/// with WW_SEND_UNCOMPRESSED and one of WW_SLOW_CLOSE, WW_SLOW_DROP, WW_SLOW_NEWEST, which say what becomes of it where a
/// subscriber is slow; without, it waits there. `key` is looked at with WW_SLOW_NEWEST only. How many connections of this
/// server have it or will is in `*taken`, where that is not NULL. It is sent before the server waits for its next batch, or by
/// ww_server_flush().
///
/// The message is validated, framed and compressed once, and copied for each of them. A message that waits for many connections is stored
/// once. Connections that are no WebSocket, are closing, or are in the middle of a message that is sent in parts are passed over.
///
/// ```c
/// ww_server_publish(server, room, WW_SEND_TEXT, 0, text, len, NULL);
/// ww_server_publish(server, prices, WW_SEND_BINARY | WW_SLOW_NEWEST, symbol, &price, sizeof price, NULL);
/// ```
///
/// Errors, nothing done: WW_E_ARGUMENT (a part of a message, too); WW_E_UTF8 (text that is not); WW_E_NOMEM. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_publish(
    server: *mut ww_server,
    topic: ww_span,
    flags: u32,
    key: u64,
    data: *const c_void,
    len: usize,
    taken: *mut usize,
) -> ww_status {
    let mut count = 0;
    // SAFETY: as the caller promises.
    unsafe {
        let status = with(server, |s| {
            let (part, slow) = delivery(flags, key)?;
            count = s.core.messages().publish(octets(topic)?, part, slice(data.cast::<u8>(), len)?, slow)?;
            Ok(WW_OK)
        });
        if let Some(taken) = taken.as_mut() {
            *taken = count;
        }
        status
    }
}

/// Has a server publish together with the others of a group: what ww_server_publish() or ww_mailbox_publish() sends to a topic on one of
/// them is posted to all others too, and each publishes it to its own subscribers. For servers that share a port, each on its thread. The
/// message is validated and framed once for all of them. It lasts until the server is freed; the group stays the caller's to free. A second
/// call with the same group does nothing.
///
/// ```c
/// ww_group_new(&group);
/// for (i = 0; i < count; i++) ww_server_join(servers[i], group);
/// ww_group_free(group);
/// ```
///
/// A member whose mailbox is full does not get the message; `unposted` of the publisher's ww_stats counts that.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_STATE (the server is in another group); WW_E_NOMEM. Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_join(server: *mut ww_server, group: *const ww_group) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.join(ww_group::read(group)?).map(|()| WW_OK)) }
}

/// Sends a whole message to one connection as ww_server_publish() does to each, for a caller that does not wait for WW_EVENT_WRITABLE itself.
///
/// Returns WW_OK: queued, or it waits. WW_PAUSED: the connection is slow and misses it (WW_SLOW_DROP).
/// Errors: WW_E_SLOW (the connection is slow, and is closed for it); nothing done: WW_E_GONE; those of ww_server_send_message() and
/// ww_server_publish(). Allocates.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_publish_to(
    server: *mut ww_server,
    conn: ww_id,
    flags: u32,
    key: u64,
    data: *const c_void,
    len: usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let (part, slow) = delivery(flags, key)?;
            match s.core.messages().deliver(id(conn), part, slice(data.cast::<u8>(), len)?, slow)? {
                Delivered::Sent | Delivered::Waits => Ok(WW_OK),
                Delivered::Missed => Ok(WW_PAUSED),
                Delivered::Closed => Ok(WW_E_SLOW),
            }
        })
    }
}
