//! One connection: protocol, held bytes, output queue, deadline. Bytes in, events out, bytes out.
//!
//! [`Conn`] has the loop contract. It is composed of [parts](parts::Parts), each of which owns its fields. Views borrow
//! the parts and do the work: [`http1`] and [`websocket`] implement the protocols, [`ending`] the ways to end, [`pull`]
//! turns input into events, [`progress`] and [`state`] decide what can happen now.
//!
//! Layers inside: [`transport`] decrypts the lend in place between `receive` and [`recv_window`], and seals output
//! between [`send_queue`] and `pieces`. After a switch of the [`protocol`], WebSocket replaces HTTP/1.1 on the same
//! window.
//!
//! Uses [`crate::http1`], [`crate::semantics`], [`crate::websocket`], `crate::tls`, [`crate::guard`],
//! [`crate::memory`]. No system call, clock or random source.

mod agreement;
pub mod bits;
mod config;
mod connection;
mod deadline;
mod delivery;
mod discard;
mod dropped;
mod ending;
mod event;
mod event_sink;
mod evicted;
mod exchange_end;
mod file;
mod file_output;
mod gather;
mod http1;
mod last_output;
mod lifecycle;
mod next_event;
#[cfg(feature = "tls")]
mod offload;
mod opened;
mod parts;
mod peer_end;
mod place;
mod progress;
mod protocol;
mod pull;
mod recv_outcome;
mod recv_window;
mod sealing;
mod send_queue;
mod sent;
mod shown;
mod state;
mod tick;
mod timers;
#[cfg(feature = "tls")]
mod tls;
mod transport;
mod websocket;
mod workspace;
mod write;

pub use config::Config;
pub use connection::Conn;
pub use delivery::Delivery;
pub use event::{Event, NotReady, Span, Window};
pub use event_sink::EventSink;
pub use file_output::FileOutput;
pub use http1::{FileResponse, Request, Response};
#[cfg(test)]
pub use progress::with_false_events;
pub use send_queue::Piece;
pub use shown::Shown;
#[cfg(feature = "tls")]
pub use tls::{Plain, Pump};
pub use websocket::{Accept, AcceptError, Connect, MessageTurn, Prepared, TurnLimits};
#[cfg(feature = "service")]
pub(crate) use workspace::{CLASSES, Ranks, class};
pub use workspace::{File, Head, HeadKind, Workspace};
pub use write::Write;
