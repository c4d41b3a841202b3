//! Messages out: which framing ours get, what may be said now, and when they are complete.

use super::{Cue, Machine, NOT_NOW, Role, Side, flag};
use crate::error::{Code, Error, Fault};
use crate::http1::framing::AnsweredMethod;
use crate::http1::write::{Content, Framing, frame_response};

static NO_CONTENT_HERE: Fault = Fault::new(Code::State, 0, c"H1-BODY-07", c"this message goes without content");
static TOO_MUCH: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"more content than declared");
static TOO_LITTLE: Fault = Fault::new(Code::BodyLength, 0, c"H1-GEN-04", c"less content than declared");
static BAD_STATUS: Fault = Fault::new(Code::Argument, 0, c"", c"not a status");
static NOT_SWITCHED: Fault =
    Fault::new(Code::NotSwitched, 0, c"H1-UPG-07", c"raw octets before the switch of protocols");
static NOT_CHUNKED: Fault = Fault::new(Code::Trailer, 0, c"H1-TRAIL-04", c"trailers need chunked content");
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

/// How the content of our present message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// None is due.
    None,
    /// That many octets more.
    Length(u64),
    /// Chunks.
    Chunked,
    /// As it is; the end of the transport ends it.
    UntilClose,
    /// It is accepted and never leaves: the response goes without content, which its handler need not know (RFC 9110 §9.3.2).
    Dropped,
}

impl Sending {
    /// How content goes behind a head with this framing: what came with the head is sent with it.
    #[inline]
    fn of(content: Content, framing: Framing) -> Self {
        match (content, framing) {
            (Content::Whole(_), _) | (_, Framing::None) => Self::None,
            (_, Framing::Length(length)) => Self::Length(length),
            (_, Framing::Chunked) => Self::Chunked,
            (_, Framing::UntilClose) => Self::UntilClose,
        }
    }
}

/// How octets of content go into the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// As they are.
    None,
    /// As a chunk.
    Chunk,
    /// Not at all.
    Dropped,
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

impl<S> Machine<S> {
    /// What a final response gets. Nothing changes.
    ///
    /// `close`: the caller wants the connection to end; `drain_max`: how much of an unfinished request may be dropped.
    pub fn plan_response(&self, status: u16, content: Content, close: bool, drain_max: u64) -> Result<Plan, Error> {
        self.may_respond(status)?;
        let (framing, sending) = self.frame_response(status, content)?;
        let close = close || framing == Framing::UntilClose || !self.can_go_on(drain_max);
        let option = match (close, self.has(flag::PEER_1_0)) {
            (true, _) => Persistence::Close,
            (false, true) => Persistence::KeepAlive,
            (false, false) => Persistence::Silent,
        };
        let is_bare = self.is_bare(status);
        let with_content = matches!(content, Content::Whole(_)) && !is_bare;
        let complete = matches!(content, Content::Whole(_));
        let sending = match (is_bare, complete) {
            (true, true) => Sending::None,
            (true, false) => Sending::Dropped,
            (false, _) => sending,
        };
        Ok(Plan { framing, option, with_content, complete, sending })
    }

    fn may_respond(&self, status: u16) -> Result<(), Error> {
        if self.role != Role::Server || self.ours != Side::Await {
            return Err(NOT_NOW);
        }
        match status {
            100..=199 => Err(NOT_NOW),
            // A tunnel begins by a switch.
            200..=299 if self.has(flag::CONNECT) => Err(NOT_NOW),
            200..=599 => Ok(()),
            _ => Err(BAD_STATUS.at(0)),
        }
    }

    /// Whether the request lets another one follow (H1-CONN-01, -04, -14; H1-UPG-08 for CONNECT).
    fn can_go_on(&self, drain_max: u64) -> bool {
        let persists = match self.has(flag::PEER_1_0) {
            true => self.has(flag::KEEP_ALIVE_1_0),
            false => true,
        };
        persists && !self.has(flag::LAST | flag::CONNECT) && self.can_drop_rest(drain_max)
    }

    /// Whether a response of this status carries no content octets, whatever its fields say (RFC 9110 §6.4.1).
    fn is_bare(&self, status: u16) -> bool {
        self.has(flag::NO_CONTENT) || status == 304 || status == 204
    }

    /// What the rules of all responses come to with this peer.
    fn frame_response(&self, status: u16, content: Content) -> Result<(Framing, Sending), Error> {
        let framing = match frame_response(status, content)? {
            Framing::Chunked if self.has(flag::PEER_1_0) && self.has(flag::NO_CONTENT) => Framing::None,
            Framing::Chunked if self.has(flag::PEER_1_0) => Framing::UntilClose,
            framing => framing,
        };
        Ok((framing, Sending::of(content, framing)))
    }

    /// Whether what is left of the request can be dropped so that the connection goes on (H1-CONN-04, H1-EXP-05).
    fn can_drop_rest(&self, drain_max: u64) -> bool {
        match (self.theirs, self.content_due()) {
            (Side::Body, Some(due)) => due <= drain_max && !self.has(flag::EXPECT),
            (Side::Body, None) => !self.has(flag::EXPECT),
            _ => true,
        }
    }

    /// The planned response begins: its head is written.
    pub fn begin_response(&mut self, plan: &Plan) -> Result<(), Error> {
        self.step_ours(Cue::Response)?;
        self.set(flag::EXPECT, false);
        if plan.option == Persistence::Close {
            self.make_last();
        }
        if self.theirs == Side::MightSwitch {
            self.step_theirs(Cue::Decline)?;
        }
        self.begin_content(plan)
    }

    /// Server: a handshake is refused; frames that its client sent without waiting may follow.
    pub fn refuse_switch(&mut self) {
        self.set(flag::REFUSED, true);
    }

    /// What the rules of all requests come to with this peer (H1-GEN-06). Nothing changes.
    pub(super) fn frame_request(&self, content: Content, framing: Framing, close: bool) -> Result<Plan, Error> {
        if framing == Framing::Chunked && !self.has(flag::PEER_1_1) {
            return Err(UNFRAMED.at(0));
        }
        let sending = Sending::of(content, framing);
        let whole = matches!(content, Content::Whole(_));
        let option = if close { Persistence::Close } else { Persistence::Silent };
        Ok(Plan { framing, option, with_content: whole, complete: whole, sending })
    }

    pub(super) fn begin_content(&mut self, plan: &Plan) -> Result<(), Error> {
        self.exchange_mut().sending = plan.sending;
        self.set(flag::UNTIL_CLOSE, plan.sending == Sending::UntilClose);
        if plan.complete {
            self.end_ours()?;
        }
        Ok(())
    }

    /// Whether `len` octets of content may be sent now, and how. Nothing changes.
    pub fn plan_content(&self, len: u64) -> Result<Wrapping, Error> {
        match self.exchange().sending {
            Sending::None if self.is_before_switch() => Err(NOT_SWITCHED.at(0)),
            Sending::None => Err(NO_CONTENT_HERE.at(0)),
            Sending::Length(rest) if len > rest => Err(TOO_MUCH.at(rest)),
            // A chunk of no octets would be the last one (H1-CHUNK-12).
            Sending::Chunked if len > 0 => Ok(Wrapping::Chunk),
            Sending::Length(_) | Sending::UntilClose | Sending::Chunked => Ok(Wrapping::None),
            Sending::Dropped => Ok(Wrapping::Dropped),
        }
    }

    /// Whether raw octets are for later: a switch was asked for and is not decided.
    fn is_before_switch(&self) -> bool {
        let asked = self.exchange().pending.first();
        let is_asked = asked.offers_upgrade() || asked.method() == AnsweredMethod::Connect;
        self.role == Role::Client && is_asked && self.ours == Side::Done
    }

    /// `len` planned octets of content were queued.
    pub fn sent_content(&mut self, len: u64) {
        if let Sending::Length(rest) = &mut self.exchange_mut().sending {
            *rest -= len;
        }
    }

    /// Whether our message may end now, with `trailers` or without, and whether a last chunk is due. Nothing changes.
    pub fn plan_finish(&self, trailers: bool) -> Result<bool, Error> {
        match self.exchange().sending {
            _ if self.ours != Side::Body => Err(NOT_NOW),
            Sending::Length(rest) if rest > 0 => Err(TOO_LITTLE.at(rest)),
            Sending::Chunked => Ok(true),
            // Trailers go the way of the content.
            Sending::Dropped => Ok(false),
            _ if trailers => Err(NOT_CHUNKED.at(0)),
            _ => Ok(false),
        }
    }

    /// Our message is complete.
    pub fn end_ours(&mut self) -> Result<(), Error> {
        self.exchange_mut().sending = Sending::None;
        self.step_ours(Cue::End)?;
        self.settle();
        Ok(())
    }

    /// Whether a FIN now would end a message of ours, or our side of a tunnel, that is not complete.
    pub fn is_before_transport_end(&self) -> bool {
        self.ours == Side::Switched || (self.ours == Side::Body && self.has(flag::UNTIL_CLOSE))
    }

    /// Whether the end of our transport ends what we have said: a message that nothing else delimits, or our side of a tunnel.
    pub fn ends_with_transport(&self) -> bool {
        self.has(flag::UNTIL_CLOSE) || self.is_switched()
    }

    /// What we have said is cut off, and the peer cannot tell by a FIN.
    pub fn cut_off(&mut self) {
        self.set(flag::CUT_OFF, true);
    }

    /// The rest of the request is read and dropped.
    pub fn start_dropping(&mut self) {
        self.set(flag::DROPPING, true);
    }
}
