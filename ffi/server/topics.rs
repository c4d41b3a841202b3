//! Topics of a server.

use core::ffi::c_void;

use super::{id, with, ww_server};
use crate::ffi::check::{ARGUMENT, slice};
use crate::ffi::event::ww_id;
use crate::ffi::head::types::ww_span;
use crate::ffi::message::octets;
use crate::ffi::status::{WW_OK, ww_status};
use crate::ffi::ws_message::{WW_WS_UNCOMPRESSED, WW_WS_WHOLE_BINARY, part};
use crate::service::Slow;

/// Publish flag: a subscriber above its high-water mark is closed (close code 1008). Without it, that one misses the message.
pub const WW_PUBLISH_CLOSE_SLOW: u32 = 256;

/// Subscribes a connection to a topic: any name of 1 to 255 octets. The subscription ends with the connection. Once is enough; again
/// does nothing.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE; WW_E_NOMEM. Allocates.
///
/// Requires: `server` is NULL or a server; the octets of `topic` are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_subscribe(server: *mut ww_server, conn: ww_id, topic: ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.subscribe(id(conn), octets(topic)?).map(|()| WW_OK)) }
}

/// Ends the subscription of a connection to a topic; none is no error. Does not allocate.
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_GONE.
///
/// Requires: `server` is NULL or a server; the octets of `topic` are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_unsubscribe(server: *mut ww_server, conn: ww_id, topic: ww_span) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe { with(server, |s| s.core.unsubscribe(id(conn), octets(topic)?).map(|_| WW_OK)) }
}

/// Sends a whole message to every connection that is subscribed to a topic: `flags` are WW_WS_WHOLE_TEXT or WW_WS_WHOLE_BINARY, with
/// WW_WS_UNCOMPRESSED and WW_PUBLISH_CLOSE_SLOW. How many took it is in `*taken`, where that is not NULL. It is sent before the server waits
/// for its next batch, or by ww_server_flush().
///
/// Errors, nothing done: WW_E_ARGUMENT; WW_E_UTF8 (text that is not). Allocates when no output block is to spare.
///
/// Requires: `server` is NULL or a server; the octets of `topic` are readable; `data` points to `len` octets; `taken` is NULL or writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ww_server_publish(
    server: *mut ww_server,
    topic: ww_span,
    flags: u32,
    data: *const c_void,
    len: usize,
    taken: *mut usize,
) -> ww_status {
    // SAFETY: as the caller promises.
    unsafe {
        with(server, |s| {
            let slow = if flags & WW_PUBLISH_CLOSE_SLOW != 0 { Slow::Closes } else { Slow::Misses };
            let part = part(flags & !WW_PUBLISH_CLOSE_SLOW)?;
            if !(part.first && part.last) {
                return Err(ARGUMENT);
            }
            let count = s.core.publish(octets(topic)?, part, slice(data.cast::<u8>(), len)?, slow)?;
            if let Some(taken) = taken.as_mut() {
                *taken = count;
            }
            Ok(WW_OK)
        })
    }
}

const _: () = assert!(WW_PUBLISH_CLOSE_SLOW & (WW_WS_WHOLE_BINARY | WW_WS_UNCOMPRESSED) == 0);
