//! Head slabs: what a connection needs while a head arrives and while its event is alive, and not a moment longer.

use super::pool::{Index, Pool};
use super::scratch::Scratch;
use super::unfinished::{Budget, Unfinished};
use crate::conn::event::Window;
use crate::error::Error;
use crate::http1::head::{Field, FieldSink, Octets, RequestHead, Scan};
use crate::http1::list;
use crate::memory::{Heap, NO_MEMORY, Vec};

/// Free slabs that keep their memory.
const SPARE: usize = 16;

/// The kinds of head a slab can hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadKind {
    /// Nothing yet.
    #[default]
    None,
    /// A request head.
    Request,
    /// A response head, interim or final.
    Response,
    /// A trailer section.
    Trailers,
}

/// A parsed head: ranges and fields are relative to `base` in `window`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// What it is.
    pub kind: HeadKind,
    /// Which octets it lies in.
    pub window: Window,
    /// Where it begins in them.
    pub base: u32,
    /// What the parser found. A response has octets and a version only; trailers have octets.
    pub parsed: RequestHead,
    /// Response: the reason phrase.
    pub reason: Octets,
    /// The authority the request is for: that of its target, else Host.
    pub authority: Octets,
    /// Response: the status.
    pub status: u16,
    /// `Summary::*` bits, and `Head::*` facts of the connection.
    pub flags: u32,
    /// The declared length of the content.
    pub content_length: Option<u64>,
}

/// One head in the making, or done.
pub struct HeadSlab {
    pub scan: Scan,
    pub head: Head,
    pub fields: Fields,
    /// The Upgrade value of a request whose offer is not decided yet.
    pub offer: Vec<u8>,
    /// What of a WebSocket handshake is not decided yet.
    pub handshake: Vec<u8>,
    /// The request of that handshake has content.
    pub has_content: bool,
    /// On a WebSocket: octets that an event shows and that lie nowhere else.
    scratch: Scratch,
    /// On a WebSocket: what else there is of a message whose end has not come.
    pub(super) unfinished: Unfinished,
    /// Either of them was used.
    pub(super) has_message: bool,
}

impl HeadSlab {
    fn new(heap: &Heap) -> Self {
        Self {
            scan: Scan::default(),
            head: Head::default(),
            fields: Fields { table: Vec::new_in(heap.clone()) },
            offer: Vec::new_in(heap.clone()),
            handshake: Vec::new_in(heap.clone()),
            has_content: false,
            scratch: Scratch::new(heap),
            unfinished: Unfinished::new(heap),
            has_message: false,
        }
    }

    /// On a WebSocket: octets that an event shows and that lie nowhere else.
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

    /// Octets of memory.
    pub fn size(&self) -> usize {
        let table = self.fields.table.capacity() * size_of::<Field>();
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

/// All head slabs of a workspace.
pub struct Heads {
    pool: Pool<HeadSlab>,
    pub(super) budget: Budget,
    heap: Heap,
}

impl Heads {
    /// Slabs whose unfinished messages hold at most `messages_max` octets in total.
    pub fn new(heap: &Heap, messages_max: usize) -> Self {
        Self { pool: Pool::new(heap), budget: Budget::new(heap, messages_max), heap: heap.clone() }
    }

    /// A fresh slab with room for `fields` fields.
    #[inline(always)]
    pub fn take_slab(&mut self, fields: u32) -> Result<(Index, &mut HeadSlab), Error> {
        let index = self.pool.take(|| HeadSlab::new(&self.heap))?;
        if self.pool.get(index).fields.table.capacity() < fields as usize {
            return self.make_room(index, fields as usize);
        }
        Ok((index, self.pool.get_mut(index)))
    }

    /// Gives a slab room for more fields, or gives it back.
    #[cold]
    fn make_room(&mut self, index: Index, fields: usize) -> Result<(Index, &mut HeadSlab), Error> {
        self.pool.ready(index, |slab| slab.fields.table.try_reserve_exact(fields).map_err(|_| NO_MEMORY))?;
        Ok((index, self.pool.get_mut(index)))
    }

    /// Gives a slab back.
    #[inline(always)]
    pub fn give_back(&mut self, index: Index) {
        let is_enough = self.pool.spare() >= SPARE;
        let slab = self.pool.get_mut(index);
        slab.clear_head();
        slab.offer.clear();
        slab.handshake.clear();
        if slab.has_message {
            self.drop_message(index);
        }
        if is_enough {
            self.strip(index);
        }
        self.pool.give_back(index);
    }

    /// Gives the memory of a slab up.
    #[cold]
    fn strip(&mut self, index: Index) {
        *self.pool.get_mut(index) = HeadSlab::new(&self.heap);
    }

    /// How many slabs are in use.
    pub fn taken(&self) -> usize {
        self.pool.taken()
    }

    #[inline]
    pub fn get(&self, index: Index) -> &HeadSlab {
        self.pool.get(index)
    }

    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut HeadSlab {
        self.pool.get_mut(index)
    }
}
