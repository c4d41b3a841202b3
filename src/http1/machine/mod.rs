//! The protocol of one connection over the codec, in both roles: whose turn it is, how long a body is, what may be sent.
//!
//! [`Sides`] keeps the two sides, which walk the table of [`state`]. [`Exchange`] keeps what is known of the messages under way. The verbs
//! of a role borrow both: [`Server`] takes requests in and responses out, [`Client`] the other way round; [`Plan`] decides
//! what framing our own messages get. All of them see octets only as arguments, hold no buffer and know no
//! clock: bytes, output and deadlines belong to the connection above.
//!
//! Uses the codec ([`super::head`], [`super::chunk`], [`super::write`]) and [`crate::guard`].

mod authority;
mod client;
mod exchange;
mod facts;
mod pending;
mod plain;
mod plan;
mod receiving;
mod sending;
mod server;
mod sides;
pub mod state;

pub use client::Client;
pub use exchange::Exchange;
pub use facts::{HeadOutcome, Role, flag, head, policy};
pub use pending::{Pending, RequestFacts};
pub use plain::recv_plain_request;
pub use plan::{Persistence, Plan};

pub use receiving::{Receiving, Step};
pub use sending::{Sending, Wrapping};
pub use server::Server;
pub use sides::Sides;

pub use crate::http1::write::{Content, Framing};

use crate::error::{Code, Error, Fault};

static UNASKED: Fault = Fault::new(Code::UnexpectedData, 0, c"H1-RSP-06", c"octets arrived though no response is due");

/// The error of octets that answer nothing.
pub const UNEXPECTED: Error = UNASKED.at(0);

static MISUSE: Fault = Fault::new(Code::State, 0, c"", c"not allowed in this state");

/// The error of a call that its state does not allow.
pub const NOT_NOW: Error = MISUSE.at(0);
