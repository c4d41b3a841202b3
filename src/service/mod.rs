//! The server: sockets, a loop and connections behind one call, [`Server::next`].
//!
//! A turn is one batch of the driver. For each connection with input the server receives once, lends the octets to the
//! [`Conn`](crate::conn::Conn), hands out its events one by one until it rests, sends what was made once, and goes on. Output that was
//! made for other connections marks them as due; they have their turn when the batch is used up, before the next wait.
//!
//! What happens is pulled from the [`Server`]. What is done to a connection by its id goes by [`Calls`], messages to connections and topics
//! by [`Messages`]; both are views that the server makes. Inside, each part owns its fields: the server has [`connections`], [`mail`],
//! [`listeners`] and the [`drain`]; connections have their [`turns`], topics and the watch over memory ([`pressure`]); turns have the
//! [`slots`], the [`lane`] and the [`engine`] (driver, workspace, time, counts). A part uses those named after it, never those before.
//!
//! Connections live in slots of chunks that never move and are named by [`Id`]s that are never used again. Other threads reach a server
//! through its [`Mailbox`]. One server is one thread's; several share a port by [`Config::reuse_port`] and nothing else.
//!
//! Uses [`crate::io`] for every system call and [`crate::conn`] for every octet. Allocates from its workspace when there
//! are more connections than before, and nothing for a request in the steady state.

mod answer;
mod by_value;
mod calls;
mod config;
mod connection;
mod connections;
mod copied;
mod delivery;
mod drain;
mod drain_request;
mod engine;
mod event;
mod finished;
mod group;
mod id;
mod inbox;
mod lane;
mod listeners;
mod mail;
mod mailbox;
mod messages;
#[cfg(feature = "tls")]
mod offload;
#[cfg(not(feature = "tls"))]
#[path = "offload/absent.rs"]
mod offload;
mod piece;
mod post;
mod posts;
mod pressure;
#[cfg(feature = "tls")]
mod records;
#[cfg(not(feature = "tls"))]
#[path = "records/absent.rs"]
mod records;
mod room;
mod security;
mod send;
mod send_wait;
mod server;
mod server_loop;
mod shares;
mod siblings;
mod slots;
mod sockets;
mod stall;
mod stats;
mod time;
mod topics;
mod turns;
mod undelivered;
mod until;
mod waiting;

pub use calls::Calls;
pub use config::Config;
pub use delivery::{Delivered, Slow};
pub use event::{Event, EventKind, EventSink, EventView, Next, Polled};
pub use group::Group;
pub use id::Id;
pub use mailbox::{Mailbox, Posted};
pub use messages::Messages;
pub use security::Security;
pub use server::Server;
pub use sockets::Sockets;
pub use stats::Stats;
