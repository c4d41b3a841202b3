//! The protocol of one connection, on top of the codec, in both roles: whose turn it is, how long a body is, what may
//! be sent.
//!
//! [`Sides`] has the states of both sides, which follow the table of [`state`]. [`Exchange`] has the messages in
//! progress. The roles borrow both: [`Server`] receives requests and sends responses, [`Client`] the reverse. [`Plan`]
//! decides the framing of our messages. They take octets as arguments and have no buffer or clock: input, output and
//! deadlines belong to the connection above.
//!
//! Uses the codec ([`super::head`], [`super::chunk`], [`super::write`]) and [`crate::guard`].

mod authority;
mod client;
mod exchange;
mod facts;
mod fast_request;
mod pending;
mod plan;
mod receiving;
mod sending;
mod server;
mod sides;
pub mod state;

pub use client::Client;
pub use exchange::Exchange;
pub use facts::{HeadOutcome, Role, flag, head, policy};
pub use fast_request::recv_request_fast;
pub use pending::{Pending, RequestFacts};
pub use plan::{Persistence, Plan};

pub use receiving::{Receiving, Step};
pub use sending::{Sending, Wrapping};
pub use server::Server;
pub use sides::Sides;

pub use crate::http1::write::{Content, Framing};

use crate::error::{Code, Error, Fault};

static UNSOLICITED: Fault =
    Fault::new(Code::UnexpectedData, 0, c"H1-RSP-06", c"octets arrived, but no response is expected");

/// The error of octets without a request to respond to.
pub const UNEXPECTED: Error = UNSOLICITED.at(0);

static MISUSE: Fault = Fault::new(Code::State, 0, c"", c"not allowed in this state");

/// The error of a call that is not allowed in the current state.
pub const NOT_NOW: Error = MISUSE.at(0);
