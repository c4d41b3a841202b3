//! Receives frames.

use super::close_handshake::CloseHandshake;
use super::control::Control;
#[cfg(feature = "deflate")]
use super::inflate::Inflating;
use super::socket::Socket;
use super::whole::{Facts, Whole};
use crate::conn::ending::Ending;
use crate::conn::event::{Event, Span, Window};
use crate::conn::http1::RecvContent;
use crate::conn::parts::Parts;
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::shown::Shown;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::narrow::place;
use crate::websocket::close::{ABNORMAL, PAYLOAD_MAX};
use crate::websocket::machine::state::Side;
use crate::websocket::machine::{MessagePart, Step};

static FLOOD: Fault = Fault::new(Code::TooLarge, ABNORMAL, c"H1-LIM-09", c"the peer sends on and on behind our Close");

/// The event of a part in the window, whose unused octets begin at `base`.
#[inline(always)]
fn message(window: Window, base: u32, part: &MessagePart) -> Event {
    let MessagePart { text, first, last, .. } = *part;
    let span = Span { window, offset: base + place(part.offset), len: place(part.len) };
    Event::Message { span, text, first, last }
}

/// Whether a part is shown in the window: parts are wanted, or it is a whole message.
#[inline(always)]
fn is_shown_as_it_came(socket: &Socket, part: &MessagePart) -> bool {
    let is_open = socket.machine.our_side() == Side::Open;
    is_open && !part.compressed && (socket.wants_parts() || (part.first && part.last))
}

/// A WebSocket that receives frames.
pub struct Recv<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> Recv<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The next frame, or part of one; raw octets if this is no WebSocket.
    #[inline]
    pub fn recv_frame(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        let Some(socket) = self.parts.protocol.websocket_mut() else {
            return Ok(RecvContent::of(self.parts, self.ws).recv_raw(lent));
        };
        #[cfg(feature = "deflate")]
        if socket.machine.incoming().message().is_inflating() {
            return Inflating::of(self.parts, self.ws).recv_inflated(lent);
        }
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        if bytes.is_empty() {
            return Ok(RecvOutcome::NeedInput);
        }
        let step = socket.machine.incoming_mut().recv(bytes, &self.parts.config.messages)?;
        let is_shown = matches!(&step, Step::Part(part) if is_shown_as_it_came(socket, part));
        match step {
            Step::Part(part) if is_shown => {
                self.parts.recv.consume(window, part.used);
                self.on_octets(&part);
                Ok(RecvOutcome::Event(message(window, base, &part)))
            }
            step => self.on_step(lent, (window, base), step),
        }
    }

    /// Octets of a message arrived: updates the clock.
    #[inline(always)]
    fn on_octets(&mut self, part: &MessagePart) {
        if part.last
            || !self.parts.protocol.websocket().is_some_and(|socket| socket.machine.incoming().is_within_frame())
        {
            self.parts.timers.on_frame();
        } else {
            self.parts.timers.on_part(part.len, self.parts.config.clocks.body_rate_min);
        }
    }

    #[inline(never)]
    fn on_step(&mut self, lent: &mut [u8], (window, base): (Window, u32), step: Step) -> Result<RecvOutcome, Error> {
        let span = |offset: usize, len: usize| Span { window, offset: base + place(offset), len: place(len) };
        self.count_behind_close(&step)?;
        match step {
            Step::NeedInput { used: 0 } => self.parts.want_more(self.ws, lent, window),
            Step::NeedInput { used } => {
                self.parts.recv.consume(window, used);
                Ok(RecvOutcome::Again)
            }
            #[cfg(feature = "deflate")]
            Step::Part(part) if part.compressed => {
                self.on_octets(&part);
                Inflating::of(self.parts, self.ws).on_compressed(window, &part)
            }
            Step::Part(part) => {
                self.parts.recv.consume(window, part.used);
                self.on_octets(&part);
                self.on_part(lent, span(part.offset, part.len), &part)
            }
            Step::Ping { offset, len, used } => self.on_ping(lent, span(offset, len), used),
            Step::Pong { offset, len, used } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.on_frame();
                Ok(self.show(Event::Pong(span(offset, len))))
            }
            Step::Close { code, offset, len, used } => {
                self.parts.recv.consume(window, used);
                self.on_close(code)?;
                Ok(RecvOutcome::Event(Event::CloseFrame { code, span: span(offset, len) }))
            }
        }
    }

    /// A part that is not shown in place: it is gathered, or dropped behind our Close.
    fn on_part(&mut self, lent: &[u8], span: Span, part: &MessagePart) -> Result<RecvOutcome, Error> {
        let MessagePart { text, first, last, .. } = *part;
        match self.show(Event::Message { span, text, first, last }) {
            RecvOutcome::Event(_) => {
                Whole::of(self.parts, self.ws).collect_part(lent, span, Facts { text, first, last })
            }
            outcome => Ok(outcome),
        }
    }

    /// Drops octets behind our Close, within limits (H1-LIM-09).
    fn count_behind_close(&mut self, step: &Step) -> Result<(), Error> {
        if self.parts.protocol.websocket().is_none_or(|socket| socket.machine.our_side() == Side::Open) {
            return Ok(());
        }
        self.parts.note_dropped(step.used());
        if self.parts.dropped.is_enough(&self.parts.config.limits) { Err(FLOOD.at(0)) } else { Ok(()) }
    }

    /// Behind our Close nothing is shown except the peer's (WS-CLOSE-06).
    fn show(&self, event: Event) -> RecvOutcome {
        let is_open = self.parts.protocol.websocket().is_some_and(|socket| socket.machine.our_side() == Side::Open);
        if is_open { RecvOutcome::Event(event) } else { RecvOutcome::Again }
    }

    fn on_ping(&mut self, lent: &[u8], span: Span, used: usize) -> Result<RecvOutcome, Error> {
        let outcome = self.show(Event::Ping(span));
        self.parts.recv.consume(span.window, used);
        self.parts.timers.on_frame();
        if let RecvOutcome::Event(_) = outcome {
            // The waiting Pong is in the workspace, like the held octets it may repeat.
            let mut payload = [0; PAYLOAD_MAX];
            let len = span.len as usize;
            payload[..len].copy_from_slice(self.octets(lent, span));
            Control::of(self.parts, self.ws).pong(&payload[..len])?;
        }
        Ok(outcome)
    }

    /// The octets of a span.
    fn octets<'s>(&'s self, lent: &'s [u8], span: Span) -> &'s [u8] {
        let window = if span.window == Window::Held { Shown::of(self.parts, self.ws).held() } else { lent };
        &window[span.offset as usize..][..span.len as usize]
    }

    /// The peer's Close arrived: the connection ends behind ours (WS-CLOSE-08, -11).
    pub fn on_close(&mut self, code: u16) -> Result<(), Error> {
        CloseHandshake::of(self.parts, self.ws).echo(code)?;
        Ending::of(self.parts, self.ws).close_when_flushed();
        Ok(())
    }
}
