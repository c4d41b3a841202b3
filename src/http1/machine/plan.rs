//! Plans our messages: their framing, and whether they may be sent now.
//!
//! Reads the [`Sides`] and changes nothing.

use super::NOT_NOW;
use super::facts::flag;
use super::sending::Sending;
use super::sides::Sides;
use super::state::Side;
use crate::error::{Code, Error, Fault};
use crate::http1::write::{self, Content, Framing, frame_request};

static BAD_STATUS: Fault = Fault::new(Code::Argument, 0, c"", c"not a status");
static UNFRAMED: Fault = Fault::new(Code::State, 0, c"H1-GEN-06", c"chunked content to a peer not known as HTTP/1.1");

/// The Connection option of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persistence {
    /// None: HTTP/1.1 persists.
    Silent,
    /// `close`.
    Close,
    /// `keep-alive`, to an HTTP/1.0 peer.
    KeepAlive,
}

/// A planned message. Nothing has changed until it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The framing fields of the head.
    pub framing: Framing,
    /// The Connection option of a head.
    pub option: Persistence,
    /// Whether content passed with the head is written after it.
    pub with_content: bool,
    /// Whether head and that content are the whole message.
    pub complete: bool,
    /// How further content is sent.
    pub sending: Sending,
}

impl Plan {
    /// Plans a final response.
    ///
    /// `close`: the caller wants the connection to end. `can_drop`: the remainder of the request can be read and
    /// dropped ([`can_drain`]).
    pub fn of_response(
        sides: &Sides,
        status: u16,
        content: Content,
        close: bool,
        can_drop: bool,
    ) -> Result<Self, Error> {
        may_respond(sides, status)?;
        let (framing, sending) = frame_response(sides, status, content)?;
        let close = close || framing == Framing::UntilClose || !(may_continue(sides) && can_drop);
        let option = persistence(sides, close);
        let has_no_content = has_no_content(sides, status);
        let with_content = matches!(content, Content::Whole(_)) && !has_no_content;
        let complete = matches!(content, Content::Whole(_));
        let sending = match (has_no_content, complete) {
            (true, true) => Sending::None,
            (true, false) => Sending::Dropped,
            (false, _) => sending,
        };
        Ok(Self { framing, option, with_content, complete, sending })
    }

    /// The plan of a whole response of `len` octets by the fast way.
    pub const fn fast(len: u64) -> Self {
        Self {
            framing: Framing::Length(len),
            option: Persistence::Silent,
            with_content: true,
            complete: true,
            sending: Sending::None,
        }
    }

    /// Plans a request (H1-GEN-06).
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

/// Whether the remainder of the request can be dropped so that the connection persists (H1-CONN-04, H1-EXP-05). `due`:
/// octets of its content still to come, if known.
pub fn can_drain(sides: &Sides, due: Option<u64>, drain_max: u64) -> bool {
    let is_short = due.is_none_or(|due| due <= drain_max);
    sides.peer_side() != Side::Body || is_short && !sides.has(flag::EXPECT)
}

/// The Connection option of a response.
fn persistence(sides: &Sides, close: bool) -> Persistence {
    match (close, sides.has(flag::PEER_1_0)) {
        (true, _) => Persistence::Close,
        (false, true) => Persistence::KeepAlive,
        (false, false) => Persistence::Silent,
    }
}

fn may_respond(sides: &Sides, status: u16) -> Result<(), Error> {
    if !sides.awaits_response() {
        return Err(NOT_NOW);
    }
    match status {
        // A tunnel begins with a switch instead.
        200..=299 if sides.has(flag::CONNECT) => Err(NOT_NOW),
        200..=599 => Ok(()),
        _ => Err(BAD_STATUS.at(0)),
    }
}

/// Whether another request may follow (H1-CONN-01, -04, -14; H1-UPG-08 for CONNECT).
fn may_continue(sides: &Sides) -> bool {
    let persists = !sides.has(flag::PEER_1_0) || sides.has(flag::KEEP_ALIVE_1_0);
    persists && !sides.has(flag::LAST | flag::CONNECT)
}

/// Whether a response with this status has no content, whatever its fields say (RFC 9110 §6.4.1).
fn has_no_content(sides: &Sides, status: u16) -> bool {
    sides.has(flag::NO_CONTENT) || status == 304 || status == 204
}

/// The framing rules of responses, adjusted to this peer.
fn frame_response(sides: &Sides, status: u16, content: Content) -> Result<(Framing, Sending), Error> {
    let framing = match write::frame_response(status, content)? {
        Framing::Chunked if sides.has(flag::PEER_1_0) && sides.has(flag::NO_CONTENT) => Framing::None,
        Framing::Chunked if sides.has(flag::PEER_1_0) => Framing::UntilClose,
        framing => framing,
    };
    Ok((framing, Sending::of(content, framing)))
}
