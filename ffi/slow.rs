//! What C says of messages for slow connections.

use super::check::ARGUMENT;
use super::ws_message::{SEND_FLAGS, part};
use crate::error::Error;
use crate::service::Slow;
use crate::websocket::machine::Part;

/// Slow flag: a connection that is too slow for the message is closed (close code 1008).
///
/// A connection is slow from the time that its queue is above `high_water` until it is below `low_water` and everything before has gone
/// out. Without any of these three flags the message waits for its turn, and nothing overtakes it; where it would wait beyond
/// `waiting_conn_max` or `waiting_max`, or there is no memory, the connection is closed as well. So without WW_SLOW_DROP and WW_SLOW_NEWEST a
/// connection has every message in order, or is closed. What waits for a connection that ends, or that a Close was sent on, is lost.
pub const WW_SLOW_CLOSE: u32 = 1 << 8;
/// Slow flag: a connection that is too slow for the message misses it.
pub const WW_SLOW_DROP: u32 = 1 << 9;
/// Slow flag: the message waits, in the place of the one with the same `key` that waits for that connection, which is dropped. For what
/// is of interest in its latest state only, as a price or a position. Keys are the caller's, any 64 bits, for each connection: the same key
/// on two topics is the same key.
pub const WW_SLOW_NEWEST: u32 = 1 << 10;

const ALL: u32 = WW_SLOW_CLOSE | WW_SLOW_DROP | WW_SLOW_NEWEST;
const _: () = assert!(ALL & SEND_FLAGS == 0);

/// The message that `flags` describe, and what becomes of it where it is too much.
pub(super) fn delivery(flags: u32, key: u64) -> Result<(Part, Slow), Error> {
    let slow = match flags & ALL {
        0 => Slow::Waits,
        WW_SLOW_CLOSE => Slow::Closes,
        WW_SLOW_DROP => Slow::Misses,
        WW_SLOW_NEWEST => Slow::Newest(key),
        _ => return Err(ARGUMENT),
    };
    Ok((part(flags & !ALL)?, slow))
}
