//! What a connection needs while a head arrives and while its event is alive, and not a moment longer.

use super::head::{Head, HeadKind};
use super::scratch::Scratch;
use super::unfinished::Unfinished;
use crate::error::Error;
use crate::guard::HeadLimits;
use crate::http1::head::{Field, FieldSink, Scan};
use crate::http1::list;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// One head in the making, or done.
pub struct HeadSlab {
    pub scan: Scan,
    pub head: Head,
    pub fields: Fields,
    /// The trailers of a request that is shown whole.
    pub trailers: Fields,
    /// The Upgrade value of a request whose offer is not decided yet.
    pub offer: Vec<u8>,
    /// What of a WebSocket handshake is not decided yet.
    pub handshake: Vec<u8>,
    /// The request of that handshake has content.
    pub has_content: bool,
    /// Octets that an event shows, or will show, and that lie nowhere else: of a WebSocket's message, or of a request that is shown whole.
    scratch: Scratch,
    /// What else there is of a message whose end has not come.
    unfinished: Unfinished,
    /// Either of them was used.
    has_message: bool,
}

impl HeadSlab {
    /// An empty one.
    pub fn new(heap: &Heap) -> Self {
        Self {
            scan: Scan::default(),
            head: Head::default(),
            fields: Fields { table: Vec::new_in(heap.clone()) },
            trailers: Fields { table: Vec::new_in(heap.clone()) },
            offer: Vec::new_in(heap.clone()),
            handshake: Vec::new_in(heap.clone()),
            has_content: false,
            scratch: Scratch::new(heap),
            unfinished: Unfinished::new(heap),
            has_message: false,
        }
    }

    /// Octets that an event shows, or will show, and that lie nowhere else.
    pub fn scratch(&self) -> &Scratch {
        &self.scratch
    }

    /// The same, to be filled.
    #[inline]
    pub fn scratch_mut(&mut self) -> &mut Scratch {
        self.message().0
    }

    /// The same, and what else there is of the message.
    #[inline]
    pub fn message(&mut self) -> (&mut Scratch, &mut Unfinished) {
        self.has_message = true;
        (&mut self.scratch, &mut self.unfinished)
    }

    /// What else there is of a message whose end has not come.
    pub fn unfinished(&self) -> &Unfinished {
        &self.unfinished
    }

    /// Whether there is, or was, a message in the slab.
    pub fn has_message(&self) -> bool {
        self.has_message
    }

    /// Makes room for another message.
    pub fn clear_message(&mut self) {
        self.trailers.table.clear();
        self.unfinished.strip();
        self.scratch.clear();
        self.has_message = false;
    }

    /// Octets of memory of the message in the making.
    pub fn message_size(&self) -> usize {
        self.scratch.size() + self.unfinished.size()
    }

    /// The most fields there is room for.
    pub fn fields_max(&self) -> usize {
        self.fields.table.capacity()
    }

    /// What a trailer section is parsed with, and where its fields go: beside those of the head where that is kept.
    pub fn trailer_table(
        &mut self,
        is_head_kept: bool,
        limits: &HeadLimits,
    ) -> Result<(&mut Scan, &mut Fields), Error> {
        if !is_head_kept {
            return Ok((&mut self.scan, &mut self.fields));
        }
        if self.scan.is_fresh() {
            self.trailers.table.clear();
            self.trailers.table.try_reserve_exact(limits.fields_max as usize).map_err(|_| NO_MEMORY)?;
        }
        Ok((&mut self.scan, &mut self.trailers))
    }

    /// Makes room for so many fields.
    pub fn reserve_fields(&mut self, fields: usize) -> Result<(), Error> {
        self.fields.table.try_reserve_exact(fields).map_err(|_| NO_MEMORY)
    }

    /// Octets of memory.
    pub fn size(&self) -> usize {
        let table = (self.fields.table.capacity() + self.trailers.table.capacity()) * size_of::<Field>();
        table + self.offer.capacity() + self.handshake.capacity() + self.message_size()
    }

    /// Adds an Upgrade value to the offer.
    pub fn add_offer(&mut self, value: &[u8]) -> Result<(), Error> {
        self.offer.try_reserve(value.len() + 1).map_err(|_| NO_MEMORY)?;
        self.offer.extend_from_slice(value);
        self.offer.push(b',');
        Ok(())
    }

    /// Whether a protocol is in the offer.
    pub fn offers(&self, name: &[u8]) -> bool {
        list::elements(&self.offer).any(|element| element.is_ok_and(|offered| offered.eq_ignore_ascii_case(name)))
    }

    /// Makes room for another head; the offer stays.
    #[inline]
    pub fn clear_head(&mut self) {
        // A head that came whole leaves the scan as it was.
        if !self.scan.is_fresh() {
            self.scan = Scan::FRESH;
        }
        self.head.kind = HeadKind::None;
        self.fields.table.clear();
    }
}

/// The field table of a head: a sink with a fixed capacity.
pub struct Fields {
    table: Vec<Field>,
}

impl Fields {
    #[inline]
    pub fn as_slice(&self) -> &[Field] {
        &self.table
    }

    pub fn as_mut_vec(&mut self) -> &mut Vec<Field> {
        &mut self.table
    }
}

impl FieldSink for Fields {
    #[inline]
    fn push(&mut self, field: Field) -> bool {
        let has_room = self.table.len() < self.table.capacity();
        if has_room {
            self.table.push(field);
        }
        has_room
    }
}
