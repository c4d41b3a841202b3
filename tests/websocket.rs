//! The WebSocket rows of the protocol ledger on the Rust connection, in both roles: frames whole, octet by octet and at every
//! cut.

#[cfg(feature = "deflate")]
#[path = "websocket/bomb.rs"]
mod bomb;
#[path = "websocket/budgets.rs"]
mod budgets;
#[path = "websocket/client.rs"]
mod client;
#[path = "websocket/closing.rs"]
mod closing;
#[path = "websocket/control.rs"]
mod control;
#[cfg(feature = "deflate")]
#[path = "websocket/deflate.rs"]
mod deflate;
#[path = "websocket/frames.rs"]
mod frames;
#[path = "websocket/handshake.rs"]
mod handshake;
#[path = "websocket/hasty.rs"]
mod hasty;
#[path = "websocket/line.rs"]
mod line;
#[path = "websocket/memory.rs"]
mod memory;
#[path = "support/frames.rs"]
mod notation;
#[allow(dead_code, reason = "each test uses a part of it")]
#[path = "support/number.rs"]
mod number;
#[path = "websocket/outcome.rs"]
mod outcome;
#[path = "websocket/prepared.rs"]
mod prepared;
#[cfg(feature = "deflate")]
#[path = "support/random.rs"]
mod random;
#[path = "support/rig.rs"]
#[allow(dead_code, reason = "a part of it is used")]
mod rig;
#[path = "websocket/room.rs"]
mod room;
#[path = "websocket/sent.rs"]
mod sent;
#[path = "websocket/unfinished.rs"]
mod unfinished;
#[path = "websocket/whole.rs"]
mod whole;
#[cfg(feature = "deflate")]
#[path = "websocket/windows.rs"]
mod windows;
#[path = "websocket/wire.rs"]
mod wire;
