//! The server: sockets, an event loop and connections behind one call, [`Server::next`].
//!
//! A turn handles one batch of the driver. For each connection with input the server receives once, lends the octets to
//! the [`Conn`](crate::conn::Conn), delivers its events one by one until there are none, and sends its output once.
//! Output for other connections marks them as due; they get their turn when the batch is exhausted, before the next
//! wait.
//!
//! Events are pulled from the [`Server`]. Calls on a connection by id are in [`Calls`], messages to connections and
//! topics in [`Messages`]; both are views of the server. Each part owns its fields: the server has [`connections`],
//! [`mail`], [`listeners`] and the [`drain`]; connections have their [`turns`], topics and memory limits
//! ([`pressure`]); turns have the [`slots`], the [`fast_turn`] and the [`engine`] (driver, workspace, time,
//! counters). A part uses only those named after it.
//!
//! Connections live in slots, in chunks that never move, and are named by [`Id`]s that are never reused. Other threads
//! reach a server through its [`Mailbox`]. A server belongs to one thread; several can share a port by
//! [`Config::reuse_port`].
//!
//! Uses [`crate::io`] for all system calls and [`crate::conn`] for all protocols. Allocates from its workspace when the
//! number of connections reaches a new maximum, and nothing per request in the steady state.

mod arrivals;
mod by_value;
mod calls;
mod config;
mod connection;
mod connections;
mod copied;
mod current;
mod delivery;
mod drain;
mod drain_request;
mod engine;
mod entrance;
mod event;
mod fast_turn;
mod finished;
mod group;
mod held_send;
mod id;
mod inbox;
mod incoming;
mod lateness;
mod listeners;
mod listening;
mod long_file;
mod mail;
mod mailbox;
mod messages;
#[cfg(feature = "tls")]
mod offload;
#[cfg(not(feature = "tls"))]
#[path = "offload/absent.rs"]
mod offload;
mod output;
mod piece;
mod post;
mod posted_response;
mod posts;
mod pressure;
mod pull;
#[cfg(feature = "tls")]
mod records;
#[cfg(not(feature = "tls"))]
#[path = "records/absent.rs"]
mod records;
mod room;
mod round;
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
mod told;
mod topics;
mod turn_sink;
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
