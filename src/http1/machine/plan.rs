//! The verdict on a message of ours: what framing it gets, and whether it may go now.
//!
//! One place has the rules. Reads the [`Sides`] and changes nothing.

use super::NOT_NOW;
use super::facts::{Role, flag};
use super::sending::Sending;
use super::sides::Sides;
use super::state::Side;
use crate::error::{Code, Error, Fault};
use crate::http1::write::{self, Content, Framing, frame_request};

static BAD_STATUS: Fault = Fault::new(Code::Argument, 0, c"", c"not a status");
static UNFRAMED: Fault = Fault::new(Code::State, 0, c"H1-GEN-06", c"chunked content to a peer not known as HTTP/1.1");

/// What the head says of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// Nothing: HTTP/1.1 persists.
    Silent,
    /// `close`.
    Close,
    /// `keep-alive`, to an HTTP/1.0 peer.
    KeepAlive,
}

/// The verdict on a message of ours; nothing has changed until it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the head says of the content.
    pub framing: Framing,
    /// What the head says of the connection.
    pub option: Persistence,
    /// Whether the content given with the head is written behind it.
    pub with_content: bool,
    /// Whether the message is complete with its head and that content.
    pub complete: bool,
    /// How content that follows is sent.
    pub sending: Sending,
}

impl Plan {
    /// Of a final response.
    ///
    /// `close`: the caller wants the connection to end; `can_drop`: what is left of the request can be read and dropped
    /// ([`can_drop_rest`]).
    pub fn of_response(
        sides: &Sides,
        status: u16,
        content: Content,
        close: bool,
        can_drop: bool,
    ) -> Result<Self, Error> {
        may_respond(sides, status)?;
        let (framing, sending) = frame_response(sides, status, content)?;
        let close = close || framing == Framing::UntilClose || !(can_go_on(sides) && can_drop);
        let option = persistence(sides, close);
        let is_bare = is_bare(sides, status);
        let with_content = matches!(content, Content::Whole(_)) && !is_bare;
        let complete = matches!(content, Content::Whole(_));
        let sending = match (is_bare, complete) {
            (true, true) => Sending::None,
            (true, false) => Sending::Dropped,
            (false, _) => sending,
        };
        Ok(Self { framing, option, with_content, complete, sending })
    }

    /// Of a whole response of `len` octets in a plain exchange.
    pub const fn plain(len: u64) -> Self {
        Self {
            framing: Framing::Length(len),
            option: Persistence::Silent,
            with_content: true,
            complete: true,
            sending: Sending::None,
        }
    }

    /// Of a request (H1-GEN-06).
    pub fn of_request(
        sides: &Sides,
        method_id: u8,
        content: Content,
        close: bool,
        expect: bool,
    ) -> Result<Self, Error> {
        let framing = frame_request(method_id, content, expect)?;
        if framing == Framing::Chunked && !sides.has(flag::PEER_1_1) {
            return Err(UNFRAMED.at(0));
        }
        let sending = Sending::of(content, framing);
        let whole = matches!(content, Content::Whole(_));
        let option = if close { Persistence::Close } else { Persistence::Silent };
        Ok(Self { framing, option, with_content: whole, complete: whole, sending })
    }
}

/// Whether what is left of the request can be dropped so that the connection goes on (H1-CONN-04, H1-EXP-05). `due`: octets of its
/// content that are still due, where that is known.
pub fn can_drop_rest(sides: &Sides, due: Option<u64>, drain_max: u64) -> bool {
    let is_short = due.is_none_or(|due| due <= drain_max);
    sides.theirs() != Side::Body || is_short && !sides.has(flag::EXPECT)
}

/// What a response says of the connection.
fn persistence(sides: &Sides, close: bool) -> Persistence {
    match (close, sides.has(flag::PEER_1_0)) {
        (true, _) => Persistence::Close,
        (false, true) => Persistence::KeepAlive,
        (false, false) => Persistence::Silent,
    }
}

fn may_respond(sides: &Sides, status: u16) -> Result<(), Error> {
    if sides.role() != Role::Server || sides.ours() != Side::Await {
        return Err(NOT_NOW);
    }
    match status {
        100..=199 => Err(NOT_NOW),
        // A tunnel begins by a switch.
        200..=299 if sides.has(flag::CONNECT) => Err(NOT_NOW),
        200..=599 => Ok(()),
        _ => Err(BAD_STATUS.at(0)),
    }
}

/// Whether the request lets another one follow (H1-CONN-01, -04, -14; H1-UPG-08 for CONNECT).
fn can_go_on(sides: &Sides) -> bool {
    let persists = !sides.has(flag::PEER_1_0) || sides.has(flag::KEEP_ALIVE_1_0);
    persists && !sides.has(flag::LAST | flag::CONNECT)
}

/// Whether a response of this status carries no content octets, whatever its fields say (RFC 9110 §6.4.1).
fn is_bare(sides: &Sides, status: u16) -> bool {
    sides.has(flag::NO_CONTENT) || status == 304 || status == 204
}

/// What the rules of all responses come to with this peer.
fn frame_response(sides: &Sides, status: u16, content: Content) -> Result<(Framing, Sending), Error> {
    let framing = match write::frame_response(status, content)? {
        Framing::Chunked if sides.has(flag::PEER_1_0) && sides.has(flag::NO_CONTENT) => Framing::None,
        Framing::Chunked if sides.has(flag::PEER_1_0) => Framing::UntilClose,
        framing => framing,
    };
    Ok((framing, Sending::of(content, framing)))
}
