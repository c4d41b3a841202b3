//! The events of a connection.

use crate::error::Error;
use crate::narrow::place;
use crate::websocket::machine::MessagePart;

/// Which octets a [`Span`] lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// The current lend.
    #[default]
    Lent,
    /// The connection's held bytes.
    Held,
    /// Derived octets, inflated or assembled; see [`Shown::scratch`](super::Shown::scratch).
    Scratch,
}

/// A range of octets by position; the outer layers turn it into a pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The window.
    pub window: Window,
    /// The offset in it.
    pub offset: u32,
    /// The length in octets.
    pub len: u32,
}

/// One event. Heads are read with [`Shown::head`](super::Shown::head).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// Server: a request head.
    Request {
        /// It has no content.
        last: bool,
    },
    /// Server: a request with its whole content, and its trailers in the slab of its head.
    Whole {
        /// The content.
        content: Span,
        /// The head was shown before, by `Request`.
        announced: bool,
    },
    /// Client: a final response head.
    Response {
        /// It has no content.
        last: bool,
    },
    /// Client: an interim response head.
    Interim,
    /// Content.
    Data {
        /// Where it is.
        span: Span,
        /// It completes its message.
        last: bool,
    },
    /// The end of a message.
    End {
        /// A trailer section is in the head.
        trailers: bool,
    },
    /// Octets after a switch of protocols.
    Raw(Span),
    /// The peer sends no more after a switch of protocols.
    RawEnd {
        /// By the rules of its transport. Otherwise the octets may have been cut short, as by a FIN without TLS
        /// close_notify.
        clean: bool,
    },
    /// Octets of a WebSocket message. Text is valid UTF-8 over all parts of a message; one part may end within a
    /// sequence.
    Message {
        /// Where they are.
        span: Span,
        /// The message is text.
        text: bool,
        /// They are the first of their message.
        first: bool,
        /// They are the last of their message.
        last: bool,
    },
    /// A Ping; its Pong is queued.
    Ping(Span),
    /// A Pong.
    Pong(Span),
    /// The peer's Close; ours is queued. Nothing follows.
    CloseFrame {
        /// Its code; 1005 for one without.
        code: u16,
        /// Its reason: UTF-8.
        span: Span,
    },
    /// Queued output fell below the low-water mark after a write was refused.
    Writable,
    /// The octets lent with this token are no longer needed.
    Released(u64),
    /// Client: send the content now.
    Continue,
    /// Server: the peer sends no more, and may be gone, while a response is due. The response is sent all the same.
    /// Reported once per request.
    PeerEnded,
    /// The peer or a clock ended the exchange. A response that is due follows the event, and the owner may give it.
    Error(Error),
}

impl Event {
    /// The event of a whole message in the lend.
    #[inline(always)]
    pub(crate) fn of_whole_message(message: &MessagePart) -> Self {
        let span = Span { window: Window::Lent, offset: place(message.offset), len: place(message.len) };
        Self::Message { span, text: message.text, first: true, last: true }
    }

    /// Whether this is the first event of a request.
    #[inline(always)]
    pub fn begins_request(&self) -> bool {
        matches!(self, Self::Request { .. } | Self::Whole { announced: false, .. })
    }

    /// Whether it comes with a head.
    #[inline(always)]
    pub fn has_head(&self) -> bool {
        let has_trailers = matches!(self, Self::End { trailers: true });
        has_trailers
            || matches!(self, Self::Request { .. } | Self::Whole { .. } | Self::Response { .. } | Self::Interim)
    }
}

/// The next event, or why there is none. The error is a lack of memory: the connection has ended.
pub type NextResult = Result<Result<Event, NotReady>, Error>;

/// Why there is no event now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// All input is used up.
    NeedInput,
    /// Like `NeedInput`, between messages or on an open WebSocket: nothing is left to do except output.
    Idle,
    /// Input waits behind an unanswered request, or the connection is paused.
    Paused,
    /// The connection has ended.
    Done,
}
