//! The protocol of one connection over the codec, in both roles: whose turn it is, how long a body is, what may be said.
//!
//! Two [`Side`]s walk the table of [`state`]; [`receive`](Machine) turns heads and bodies of the peer into facts, `send` decides
//! what framing our own messages get. The machine sees octets only as arguments, holds no buffer and knows no
//! clock: bytes, output and deadlines belong to the connection above it.
//!
//! Uses the codec ([`super::head`], [`super::chunk`], [`super::write`]) and [`crate::guard`].

mod ask;
mod body;
mod facts;
mod pending;
mod plain;
mod request;
mod response;
mod send;
pub mod state;

pub use body::{Receiving, Step};
pub use facts::{Heard, Role, flag, head, policy};
pub use pending::{Asked, Pending};
pub use send::{Persistence, Plan, Sending, Wrapping};

pub use crate::http1::write::{Content, Framing};

use crate::error::{Code, Error, Fault};
use state::{Cue, Side};

static UNASKED: Fault = Fault::new(Code::UnexpectedData, 0, c"H1-RSP-06", c"octets arrived though no response is due");

/// The error of octets that answer nothing.
pub const UNEXPECTED: Error = UNASKED.at(0);

static MISUSE: Fault = Fault::new(Code::State, 0, c"", c"not allowed in this state");

/// The error of a call that its state does not allow.
pub const NOT_NOW: Error = MISUSE.at(0);

/// One connection's protocol state. `S` is that of the protocol it may be switched to, which takes the place of what only
/// exchanges need.
#[derive(Clone)]
pub struct Machine<S = ()> {
    role: Role,
    ours: Side,
    theirs: Side,
    /// `flag::*` bits.
    flags: u16,
    stage: Stage<S>,
}

#[derive(Clone)]
enum Stage<S> {
    Exchange(Exchange),
    Switched(S),
}

/// What the messages under way are.
#[derive(Clone)]
struct Exchange {
    /// The content the peer is sending.
    receiving: Receiving,
    /// The content we are sending.
    sending: Sending,
    /// Client: what was asked and not yet answered. Server: the request being answered, at most one.
    pending: Pending,
    /// Client: interim responses since the last final one.
    interims: u32,
}

impl Exchange {
    const NONE: Self = Self { receiving: Receiving::None, sending: Sending::None, pending: Pending::NONE, interims: 0 };
}

impl<S> Machine<S> {
    /// A fresh connection.
    pub fn new(role: Role) -> Self {
        let stage = Stage::Exchange(Exchange::NONE);
        Self { role, ours: Side::Idle, theirs: Side::Idle, flags: 0, stage }
    }

    #[inline]
    fn exchange(&self) -> &Exchange {
        match &self.stage {
            Stage::Exchange(exchange) => exchange,
            Stage::Switched(_) => const { &Exchange::NONE },
        }
    }

    #[inline]
    fn exchange_mut(&mut self) -> &mut Exchange {
        if let Stage::Switched(_) = self.stage {
            debug_assert!(false, "no exchange goes on beside another protocol");
            self.stage = Stage::Exchange(Exchange::NONE);
        }
        let Stage::Exchange(exchange) = &mut self.stage else { unreachable!() };
        exchange
    }

    /// After a switch: the other protocol keeps its state here.
    pub fn keep(&mut self, state: S) {
        debug_assert!(self.is_switched(), "exchanges are over");
        self.stage = Stage::Switched(state);
    }

    /// The state of the other protocol, if it keeps one here.
    #[inline(always)]
    pub fn kept(&self) -> Option<&S> {
        if let Stage::Switched(state) = &self.stage { Some(state) } else { None }
    }

    /// The state of the other protocol, if it keeps one here.
    #[inline(always)]
    pub fn kept_mut(&mut self) -> Option<&mut S> {
        if let Stage::Switched(state) = &mut self.stage { Some(state) } else { None }
    }

    /// Which side we are.
    #[inline]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Where our side stands.
    #[inline]
    pub fn ours(&self) -> Side {
        self.ours
    }

    /// Where the peer's side stands.
    #[inline]
    pub fn theirs(&self) -> Side {
        self.theirs
    }

    /// Whether a `flag::*` bit is set.
    #[inline]
    pub fn has(&self, bit: u16) -> bool {
        self.flags & bit != 0
    }

    #[inline]
    fn set(&mut self, bit: u16, on: bool) {
        self.flags = if on { self.flags | bit } else { self.flags & !bit };
    }

    /// Whether the peer's next message must wait for ours: request n+1 is delivered only after n is answered in full.
    #[inline]
    pub fn is_held(&self) -> bool {
        match self.role {
            Role::Server => {
                matches!(self.theirs, Side::Done | Side::MightSwitch) && matches!(self.ours, Side::Await | Side::Body)
            }
            Role::Client => false,
        }
    }

    /// Whether both sides stand between messages.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.ours == Side::Idle && self.theirs == Side::Idle
    }

    /// Whether both sides speak another protocol now.
    pub fn is_switched(&self) -> bool {
        self.ours == Side::Switched || self.theirs == Side::Switched
    }

    /// Whether nothing more can be exchanged after what is queued.
    pub fn is_finished(&self) -> bool {
        let (last, other) = match self.role {
            Role::Server => (self.ours, self.theirs),
            Role::Client => (self.theirs, self.ours),
        };
        last.is_over() || (last == Side::Idle && other.is_over())
    }

    /// Moves one side or answers that the cue is not allowed.
    #[inline]
    fn step_ours(&mut self, cue: Cue) -> Result<(), Error> {
        self.ours = self.ours.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    #[inline]
    fn step_theirs(&mut self, cue: Cue) -> Result<(), Error> {
        self.theirs = self.theirs.after(cue).ok_or(NOT_NOW)?;
        Ok(())
    }

    /// No message may follow the present ones on either side.
    pub fn make_last(&mut self) {
        self.set(flag::LAST, true);
    }

    /// The peer broke the protocol, or we give the connection up.
    pub fn fail(&mut self) {
        self.theirs = Side::Failed;
    }

    /// Nothing more will be sent.
    pub fn close_ours(&mut self) {
        self.ours = Side::Closed;
        if let Stage::Exchange(exchange) = &mut self.stage {
            exchange.sending = Sending::None;
        }
    }

    /// Starts the next exchange when this one is complete on both sides, or closes when it was the last.
    #[inline]
    pub(super) fn settle(&mut self) {
        if self.role == Role::Client {
            self.settle_client();
        } else if self.ours == Side::Done && matches!(self.theirs, Side::Done | Side::Closed) {
            self.exchange_mut().pending.pop();
            self.advance();
        }
    }

    #[cold]
    fn settle_client(&mut self) {
        if self.theirs == Side::Done {
            if self.has(flag::LAST) {
                self.theirs = Side::MustClose;
                if self.ours == Side::Done {
                    self.ours = Side::MustClose;
                }
            } else if !self.exchange().pending.is_empty() {
                self.theirs = Side::Await;
            } else if self.ours == Side::Done {
                self.advance();
            }
        }
    }

    fn advance(&mut self) {
        let cue = if self.has(flag::LAST) || self.theirs == Side::Closed { Cue::Last } else { Cue::NextCycle };
        self.ours = self.ours.after(cue).unwrap_or(Side::MustClose);
        self.theirs = self.theirs.after(cue).unwrap_or(Side::MustClose);
        self.flags &= flag::STICKY;
    }
}
