//! Requests that are shown whole: the head is kept, content is gathered behind it, and one event shows both.
//!
//! Content that lies whole in the window behind its head is shown there. Otherwise the head moves to the slab first,
//! because the lender reuses its octets before the content is complete; content follows it, then the octets of the
//! trailers.

use crate::conn::event::{Event, Span, Window};
use crate::conn::exchange_end::ExchangeEnd;
use crate::conn::gather::Gather;
use crate::conn::parts::Parts;
use crate::conn::progress::{Gate, Outlook};
use crate::conn::recv_outcome::RecvOutcome;
use crate::conn::workspace::{Head, Workspace};
use crate::error::Error;
use crate::http1::head::Scan;
use crate::http1::machine::Step;
use crate::narrow::place;

/// A request whose content is gathered.
pub struct WholeContent<'a> {
    parts: &'a mut Parts,
    ws: &'a mut Workspace,
}

impl<'a> WholeContent<'a> {
    #[inline(always)]
    pub fn of(parts: &'a mut Parts, ws: &'a mut Workspace) -> Self {
        Self { parts, ws }
    }

    /// The head is complete. Shows the whole request if its content is here too; otherwise keeps the head.
    pub fn begin(&mut self, lent: &mut [u8]) -> Result<RecvOutcome, Error> {
        if let Some(content) = self.content_at_hand(lent)? {
            return Ok(RecvOutcome::Event(self.show(content)));
        }
        self.keep_head(lent)?;
        self.parts.lifecycle.forget_head();
        self.parts.recv.trim(&mut self.ws.held);
        Ok(RecvOutcome::Again)
    }

    fn head(&self) -> &Head {
        &self.ws.heads.get(self.parts.head).head
    }

    /// The whole content, if its length is known and all of it lies behind the head.
    fn content_at_hand(&mut self, lent: &mut [u8]) -> Result<Option<Span>, Error> {
        let (window_of_head, end) = (self.head().window, self.head().base + self.head().parsed.head_len);
        let Some(due) = self.parts.protocol.exchange().content_remaining() else { return Ok(None) };
        let is_open = Outlook::of(self.parts, self.ws).gate(lent) == Gate::Open;
        let (window, base, bytes) = self.parts.recv.window(&mut self.ws.held, lent);
        if (window, base) != (window_of_head, end) || (bytes.len() as u64) < due || !is_open {
            return Ok(None);
        }
        let exchange = self.parts.protocol.exchange_mut();
        let Step::Data { len, used, .. } =
            exchange.recv_content(&mut self.parts.sides, bytes, &self.parts.config.limits)?
        else {
            return Ok(None);
        };
        self.parts.recv.consume(window, used);
        self.parts.timers.on_content(used);
        Ok(Some(Span { window, offset: base, len: place(len) }))
    }

    /// Moves the head to the slab.
    fn keep_head(&mut self, lent: &[u8]) -> Result<(), Error> {
        let Head { window, base, parsed, .. } = *self.head();
        let span = Span { window, offset: base, len: parsed.head_len };
        let most = self.most();
        Gather::of(self.parts, self.ws).add(lent, span, most)?;
        let slab = self.ws.heads.get_mut(self.parts.head);
        // The trailers are parsed with the same scan.
        (slab.head.window, slab.head.base, slab.scan) = (Window::Scratch, 0, Scan::FRESH);
        Gather::of(self.parts, self.ws).count()
    }

    /// The maximum number of octets in the slab.
    fn most(&self) -> usize {
        let head_len = self.head().parsed.head_len as usize;
        let content = self.parts.protocol.exchange().content_room().saturating_add(self.gathered() as u64);
        usize::try_from(content).unwrap_or(usize::MAX).saturating_add(head_len)
    }

    /// Octets of content in the slab.
    fn gathered(&self) -> usize {
        let slab = self.ws.heads.get(self.parts.head);
        slab.scratch().octets().len().saturating_sub(slab.head.parsed.head_len as usize)
    }

    /// Adds content; with `last` it is complete.
    pub fn add(&mut self, lent: &[u8], span: Span, last: bool) -> Result<RecvOutcome, Error> {
        let most = self.most().saturating_add(span.len as usize);
        Gather::of(self.parts, self.ws).add(lent, span, most)?;
        if last {
            let content = self.content();
            return Ok(RecvOutcome::Event(self.show(content)));
        }
        Gather::of(self.parts, self.ws).count()?;
        Ok(RecvOutcome::Again)
    }

    /// All gathered content.
    fn content(&self) -> Span {
        Span { window: Window::Scratch, offset: self.head().parsed.head_len, len: place(self.gathered()) }
    }

    /// A trailer section of `len` octets is here, its fields are in the slab, and the message is complete. Copies the
    /// section behind the content, with its fields relative to that copy.
    pub fn end(&mut self, lent: &[u8], section: Span) -> Result<RecvOutcome, Error> {
        let content = self.content();
        let at = content.offset + content.len;
        let most = at as usize + section.len as usize;
        Gather::of(self.parts, self.ws).add(lent, section, most)?;
        for field in self.ws.heads.get_mut(self.parts.head).trailers.as_mut_vec() {
            field.name += at;
            field.value += at;
        }
        Ok(RecvOutcome::Event(self.show(content)))
    }

    /// The request is complete.
    fn show(&mut self, content: Span) -> Event {
        Gather::of(self.parts, self.ws).end();
        let announced = self.parts.sides.end_gathering();
        ExchangeEnd::of(self.parts, self.ws).after_message();
        self.parts.lifecycle.show_head();
        Event::Whole { content, announced }
    }
}
