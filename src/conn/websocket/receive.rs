//! Frames in.

use super::whole::Facts;
use crate::conn::Conn;
use crate::conn::event::{Event, Span, Window};
use crate::conn::next::Look;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::narrow::place;
use crate::websocket::close::{ABNORMAL, PAYLOAD_MAX};
use crate::websocket::machine::state::Side;
use crate::websocket::machine::{Heard, Step};

static FLOOD: Fault = Fault::new(Code::TooLarge, ABNORMAL, c"H1-LIM-09", c"the peer sends on and on behind our Close");

impl Conn {
    /// Whether nothing is on but frames of an open WebSocket, and perhaps output.
    #[inline(always)]
    pub(in crate::conn) fn has_only_frames(&self) -> bool {
        self.lifecycle.is_plain() && !self.queue.has_released() && self.is_websocket()
    }

    /// The next thing that frames have to say; raw octets where no WebSocket is.
    #[inline]
    pub(in crate::conn) fn look_for_frame(&mut self, ws: &mut Workspace, lent: &mut [u8]) -> Result<Look, Error> {
        let Some(socket) = self.machine.kept_mut() else { return Ok(self.look_for_raw(ws, lent)) };
        #[cfg(feature = "deflate")]
        if socket.machine.is_inflating() {
            return self.look_for_inflated(ws, lent);
        }
        let (window, base, bytes) = self.recv.window(&mut ws.held, lent);
        if bytes.is_empty() {
            return Ok(Look::Starved);
        }
        let step = socket.machine.hear(bytes, &self.config.messages)?;
        let is_plain = !self.config.whole_messages && socket.machine.ours() == Side::Open;
        match step {
            Step::Part(heard) if is_plain && !heard.compressed => {
                self.recv.consume(window, heard.used);
                self.heard_octets(&heard);
                Ok(Look::Event(message(window, base, &heard)))
            }
            step => self.heard_step(ws, lent, (window, base), step),
        }
    }

    /// A sign of life.
    #[inline(always)]
    fn heard_octets(&mut self, heard: &Heard) {
        if heard.last || !self.machine.kept().is_some_and(|socket| socket.machine.is_within_frame()) {
            self.timers.heard_frame();
        } else {
            self.timers.heard_part(heard.len, self.config.clocks.body_rate_min);
        }
    }

    #[inline(never)]
    fn heard_step(
        &mut self,
        ws: &mut Workspace,
        lent: &mut [u8],
        (window, base): (Window, u32),
        step: Step,
    ) -> Result<Look, Error> {
        let span = |offset: usize, len: usize| Span { window, offset: base + place(offset), len: place(len) };
        self.count_behind_close(&step)?;
        match step {
            Step::Starved { used: 0 } => self.want_more(ws, lent, window),
            Step::Starved { used } => {
                self.recv.consume(window, used);
                Ok(Look::Again)
            }
            #[cfg(feature = "deflate")]
            Step::Part(heard) if heard.compressed => {
                self.heard_octets(&heard);
                self.heard_compressed(ws, window, &heard)
            }
            Step::Part(heard) => {
                self.recv.consume(window, heard.used);
                self.heard_octets(&heard);
                self.heard_part(ws, lent, span(heard.offset, heard.len), &heard)
            }
            Step::Ping { offset, len, used } => self.heard_ping(ws, lent, span(offset, len), used),
            Step::Pong { offset, len, used } => {
                self.recv.consume(window, used);
                self.timers.heard_frame();
                Ok(self.show(Event::Pong(span(offset, len))))
            }
            Step::Close { code, offset, len, used } => {
                self.recv.consume(window, used);
                self.heard_close(ws, code)?;
                Ok(Look::Event(Event::CloseFrame { code, span: span(offset, len) }))
            }
        }
    }

    /// A part that is not shown as it came: it belongs to a whole, or to nobody behind our Close.
    fn heard_part(&mut self, ws: &mut Workspace, lent: &[u8], span: Span, heard: &Heard) -> Result<Look, Error> {
        let Heard { text, first, last, .. } = *heard;
        match self.show(Event::Message { span, text, first, last }) {
            Look::Event(_) if !(first && last) => self.collect_part(ws, lent, span, Facts { text, first, last }),
            look => Ok(look),
        }
    }

    /// What comes behind our Close is dropped: not without an end (H1-LIM-09).
    fn count_behind_close(&mut self, step: &Step) -> Result<(), Error> {
        if self.machine.kept().is_none_or(|socket| socket.machine.ours() == Side::Open) {
            return Ok(());
        }
        self.note_dropped(step.used());
        if self.dropped.is_enough(&self.config.limits) { Err(FLOOD.at(0)) } else { Ok(()) }
    }

    /// Behind our Close nothing is answered or shown but the peer's (WS-CLOSE-06).
    fn show(&self, event: Event) -> Look {
        let is_open = self.machine.kept().is_some_and(|socket| socket.machine.ours() == Side::Open);
        if is_open { Look::Event(event) } else { Look::Again }
    }

    fn heard_ping(&mut self, ws: &mut Workspace, lent: &[u8], span: Span, used: usize) -> Result<Look, Error> {
        let look = self.show(Event::Ping(span));
        self.recv.consume(span.window, used);
        self.timers.heard_frame();
        if let Look::Event(_) = look {
            // The Pong is of the workspace like the held octets it may repeat.
            let mut payload = [0; PAYLOAD_MAX];
            let len = span.len as usize;
            payload[..len].copy_from_slice(self.octets(ws, lent, span));
            self.pong(ws, &payload[..len])?;
        }
        Ok(look)
    }

    /// The octets of a span.
    fn octets<'a>(&self, ws: &'a Workspace, lent: &'a [u8], span: Span) -> &'a [u8] {
        let window = if span.window == Window::Held { self.held(ws) } else { lent };
        &window[span.offset as usize..][..span.len as usize]
    }
}

/// A part as it lies in the window, whose unused octets begin at `base`.
#[inline(always)]
fn message(window: Window, base: u32, heard: &Heard) -> Event {
    let Heard { text, first, last, .. } = *heard;
    let span = Span { window, offset: base + place(heard.offset), len: place(heard.len) };
    Event::Message { span, text, first, last }
}
