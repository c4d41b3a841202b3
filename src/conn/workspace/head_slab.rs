//! Memory that a connection needs only while a head arrives and while an event shows it.

use super::head::{Head, HeadKind};
use super::scratch::Scratch;
use super::unfinished::Unfinished;
use crate::error::Error;
use crate::guard::HeadLimits;
use crate::http1::head::{Field, FieldSink, Scan};
use crate::http1::list;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// One head, incomplete or complete.
pub struct HeadSlab {
    pub scan: Scan,
    pub head: Head,
    pub fields: Fields,
    /// The trailers of a request that is shown whole.
    pub trailers: Fields,
    /// The Upgrade value of a request whose offer is not decided yet.
    pub offer: Vec<u8>,
    /// The parts of a WebSocket handshake that is not decided yet.
    pub handshake: Vec<u8>,
    /// The request of that handshake has content.
    pub has_content: bool,
    /// Octets that an event shows, or will show, and that lie nowhere else: of a WebSocket message, or of a request
    /// that is shown whole.
    scratch: Scratch,
    /// The rest of an incomplete message.
    unfinished: Unfinished,
    /// The scratch or the unfinished message was used.
    has_message: bool,
}

impl HeadSlab {
    /// An empty slab.
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

    /// Likewise, to be filled.
    #[inline]
    pub fn scratch_mut(&mut self) -> &mut Scratch {
        self.message().0
    }

    /// Likewise, with the rest of the message.
    #[inline]
    pub fn message(&mut self) -> (&mut Scratch, &mut Unfinished) {
        self.has_message = true;
        (&mut self.scratch, &mut self.unfinished)
    }

    /// The rest of an incomplete message.
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

    /// Memory of the incomplete message, in octets.
    pub fn message_size(&self) -> usize {
        self.scratch.size() + self.unfinished.size()
    }

    /// The maximum number of fields.
    pub fn fields_max(&self) -> usize {
        self.fields.table.capacity()
    }

    /// The scan for a trailer section and its field table: separate from that of a head that is kept.
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

    /// Reserves room for so many fields.
    pub fn reserve_fields(&mut self, fields: usize) -> Result<(), Error> {
        self.fields.table.try_reserve_exact(fields).map_err(|_| NO_MEMORY)
    }

    /// Memory in octets.
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
        // A head that was parsed in one go leaves the scan unchanged.
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
