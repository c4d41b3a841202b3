//! What is wrong with a call that needs a WebSocket.

use crate::error::{Code, Error, Fault};

static NO_WEBSOCKET: Fault = Fault::new(Code::State, 0, c"WS-HSC-10", c"no WebSocket is open on this connection");
/// The error of a call that needs one.
pub const NOT_OPEN: Error = NO_WEBSOCKET.at(0);
