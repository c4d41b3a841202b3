//! Held input that was evicted because the shared budget was used up and this connection held most of it.
//!
//! The connection learns it at its next call, and reads nothing more. If it owes a response, it responds, and the
//! response closes the connection (H1-LIM-07). Anything else that was cut off (part of a head, content, a frame) ends
//! it with an error.

use crate::error::{Code, Error, Fault};

static INPUT_EVICTED: Fault = Fault::new(
    Code::Nomem,
    503,
    c"H1-LIM-07",
    c"the budget of unread input is used up, and this connection held most of it",
);
static FRAMES_EVICTED: Fault = Fault::new(
    Code::Nomem,
    1013,
    c"H1-LIM-07",
    c"the budget of unread input is used up, and this WebSocket held most of it",
);

static CONTENT_EVICTED: Fault = Fault::new(
    Code::Nomem,
    503,
    c"H1-LIM-07",
    c"the budget of gathered octets is used up, and this connection held most of it",
);
static MESSAGE_EVICTED: Fault = Fault::new(
    Code::Nomem,
    1013,
    c"WS-PMD-07",
    c"the budget of unfinished messages is used up, and this WebSocket held most of it",
);

/// The error of a connection whose gathered octets were evicted.
#[cold]
pub fn gathered(is_websocket: bool) -> Error {
    if is_websocket { MESSAGE_EVICTED.at(0) } else { CONTENT_EVICTED.at(0) }
}

/// The error of a connection that owes no response.
#[cold]
pub fn evicted(is_websocket: bool) -> Error {
    if is_websocket { FRAMES_EVICTED.at(0) } else { INPUT_EVICTED.at(0) }
}
