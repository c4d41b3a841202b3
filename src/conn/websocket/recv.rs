//! Frames in.

use super::control::Control;
#[cfg(feature = "deflate")]
use super::inflate::Inflating;
use super::socket::Socket;
use super::whole::{Facts, Whole};
use crate::conn::ending::Ending;
use crate::conn::event::{Event, Span, Window};
use crate::conn::http1::RecvContent;
use crate::conn::look::Look;
use crate::conn::parts::Parts;
use crate::conn::shown::Shown;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::narrow::place;
use crate::websocket::close::{ABNORMAL, NORMAL, PAYLOAD_MAX};
use crate::websocket::machine::state::Side;
use crate::websocket::machine::{MessagePart, Step};
use crate::websocket::{Role, close};

static FLOOD: Fault = Fault::new(Code::TooLarge, ABNORMAL, c"H1-LIM-09", c"the peer sends on and on behind our Close");

/// A part as it lies in the window, whose unused octets begin at `base`.
#[inline(always)]
fn message(window: Window, base: u32, heard: &MessagePart) -> Event {
    let MessagePart { text, first, last, .. } = *heard;
    let span = Span { window, offset: base + place(heard.offset), len: place(heard.len) };
    Event::Message { span, text, first, last }
}

/// Whether a part is for the owner where it lies: parts are wanted, or it is all of its message.
#[inline(always)]
fn is_shown_as_it_came(socket: &Socket, heard: &MessagePart) -> bool {
    let is_open = socket.machine.our_side() == Side::Open;
    is_open && !heard.compressed && (socket.wants_parts() || (heard.first && heard.last))
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

    /// The next thing that frames have to say; raw octets where no WebSocket is.
    #[inline]
    pub fn look_for_frame(&mut self, lent: &mut [u8]) -> Result<Look, Error> {
        let Some(socket) = self.parts.protocol.websocket_mut() else {
            return Ok(RecvContent::of(self.parts, self.ws).look_for_raw(lent));
        };
        #[cfg(feature = "deflate")]
        if socket.machine.incoming().message().is_inflating() {
            return Inflating::of(self.parts, self.ws).look_for_inflated(lent);
        }
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        if bytes.is_empty() {
            return Ok(Look::Starved);
        }
        let step = socket.machine.incoming_mut().recv(bytes, &self.parts.config.messages)?;
        let is_shown = matches!(&step, Step::Part(heard) if is_shown_as_it_came(socket, heard));
        match step {
            Step::Part(heard) if is_shown => {
                self.parts.recv.consume(window, heard.used);
                self.heard_octets(&heard);
                Ok(Look::Event(message(window, base, &heard)))
            }
            step => self.heard_step(lent, (window, base), step),
        }
    }

    /// A sign of life.
    #[inline(always)]
    fn heard_octets(&mut self, heard: &MessagePart) {
        if heard.last
            || !self.parts.protocol.websocket().is_some_and(|socket| socket.machine.incoming().is_within_frame())
        {
            self.parts.timers.heard_frame();
        } else {
            self.parts.timers.heard_part(heard.len, self.parts.config.clocks.body_rate_min);
        }
    }

    #[inline(never)]
    fn heard_step(&mut self, lent: &mut [u8], (window, base): (Window, u32), step: Step) -> Result<Look, Error> {
        let span = |offset: usize, len: usize| Span { window, offset: base + place(offset), len: place(len) };
        self.count_behind_close(&step)?;
        match step {
            Step::Starved { used: 0 } => self.parts.want_more(self.ws, lent, window),
            Step::Starved { used } => {
                self.parts.recv.consume(window, used);
                Ok(Look::Again)
            }
            #[cfg(feature = "deflate")]
            Step::Part(heard) if heard.compressed => {
                self.heard_octets(&heard);
                Inflating::of(self.parts, self.ws).heard_compressed(window, &heard)
            }
            Step::Part(heard) => {
                self.parts.recv.consume(window, heard.used);
                self.heard_octets(&heard);
                self.heard_part(lent, span(heard.offset, heard.len), &heard)
            }
            Step::Ping { offset, len, used } => self.heard_ping(lent, span(offset, len), used),
            Step::Pong { offset, len, used } => {
                self.parts.recv.consume(window, used);
                self.parts.timers.heard_frame();
                Ok(self.show(Event::Pong(span(offset, len))))
            }
            Step::Close { code, offset, len, used } => {
                self.parts.recv.consume(window, used);
                self.heard_close(code)?;
                Ok(Look::Event(Event::CloseFrame { code, span: span(offset, len) }))
            }
        }
    }

    /// A part that is not shown as it came: it belongs to a whole, or to nobody behind our Close.
    fn heard_part(&mut self, lent: &[u8], span: Span, heard: &MessagePart) -> Result<Look, Error> {
        let MessagePart { text, first, last, .. } = *heard;
        match self.show(Event::Message { span, text, first, last }) {
            Look::Event(_) => Whole::of(self.parts, self.ws).collect_part(lent, span, Facts { text, first, last }),
            look => Ok(look),
        }
    }

    /// What comes behind our Close is dropped: not without an end (H1-LIM-09).
    fn count_behind_close(&mut self, step: &Step) -> Result<(), Error> {
        if self.parts.protocol.websocket().is_none_or(|socket| socket.machine.our_side() == Side::Open) {
            return Ok(());
        }
        self.parts.note_dropped(step.used());
        if self.parts.dropped.is_enough(&self.parts.config.limits) { Err(FLOOD.at(0)) } else { Ok(()) }
    }

    /// Behind our Close nothing is answered or shown but the peer's (WS-CLOSE-06).
    fn show(&self, event: Event) -> Look {
        let is_open = self.parts.protocol.websocket().is_some_and(|socket| socket.machine.our_side() == Side::Open);
        if is_open { Look::Event(event) } else { Look::Again }
    }

    fn heard_ping(&mut self, lent: &[u8], span: Span, used: usize) -> Result<Look, Error> {
        let look = self.show(Event::Ping(span));
        self.parts.recv.consume(span.window, used);
        self.parts.timers.heard_frame();
        if let Look::Event(_) = look {
            // The Pong is of the workspace like the held octets it may repeat.
            let mut payload = [0; PAYLOAD_MAX];
            let len = span.len as usize;
            payload[..len].copy_from_slice(self.octets(lent, span));
            Control::of(self.parts, self.ws).pong(&payload[..len])?;
        }
        Ok(look)
    }

    /// The octets of a span.
    fn octets<'s>(&'s self, lent: &'s [u8], span: Span) -> &'s [u8] {
        let window = if span.window == Window::Held { Shown::of(self.parts, self.ws).held() } else { lent };
        &window[span.offset as usize..][..span.len as usize]
    }

    /// The peer's Close was heard: ours goes out if it has not, and behind it the connection ends (WS-CLOSE-04, -08, -11).
    pub fn heard_close(&mut self, code: u16) -> Result<(), Error> {
        if self.parts.protocol.websocket().is_some_and(|socket| socket.machine.our_side() == Side::Open) {
            let role = self.parts.protocol.websocket().map_or(Role::Server, |socket| socket.machine.role());
            let is_ours = code == close::NO_STATUS || close::may_be_sent(code, role);
            // A code that only the peer's role may send is answered, not repeated.
            Control::of(self.parts, self.ws).queue_close(if is_ours { code } else { NORMAL }, b"")?;
        }
        Ending::of(self.parts, self.ws).close_when_flushed();
        Ok(())
    }
}
