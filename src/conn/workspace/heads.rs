//! All head slabs of a workspace, and the budget of the messages in them.

use super::head_slab::HeadSlab;
use super::message_budget::MessageBudget;
use super::pool::{Index, Pool};
use crate::error::Error;
use crate::memory::Heap;

/// Free slabs that keep their memory.
const SPARE: usize = 16;

/// All head slabs of a workspace.
pub struct Heads {
    pool: Pool<HeadSlab>,
    budget: MessageBudget,
    heap: Heap,
}

impl Heads {
    /// Slabs whose unfinished messages hold at most `messages_max` octets in total.
    pub fn new(heap: &Heap, messages_max: usize) -> Self {
        Self { pool: Pool::new(heap), budget: MessageBudget::new(heap, messages_max), heap: heap.clone() }
    }

    /// A fresh slab with room for `fields` fields.
    #[inline(always)]
    pub fn take_slab(&mut self, fields: u32) -> Result<(Index, &mut HeadSlab), Error> {
        let index = self.pool.take(|| HeadSlab::new(&self.heap))?;
        if self.pool.get(index).fields_max() < fields as usize {
            return self.make_room(index, fields as usize);
        }
        Ok((index, self.pool.get_mut(index)))
    }

    /// Gives a slab room for more fields, or gives it back.
    #[cold]
    fn make_room(&mut self, index: Index, fields: usize) -> Result<(Index, &mut HeadSlab), Error> {
        self.pool.ready(index, |slab| slab.reserve_fields(fields))?;
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
        if slab.has_message() {
            drop_message(&mut self.budget, slab, index);
        }
        if is_enough {
            self.strip(index);
        }
        self.pool.give_back(index);
    }

    /// Makes room for another head, whatever was gathered; the offer stays.
    #[cold]
    pub fn clear(&mut self, index: Index) {
        self.renew(index);
    }

    /// The slab with room for another head, whatever was gathered; the offer stays.
    #[inline(always)]
    pub fn renew(&mut self, index: Index) -> &mut HeadSlab {
        let slab = self.pool.get_mut(index);
        slab.clear_head();
        if slab.has_message() {
            drop_message(&mut self.budget, slab, index);
        }
        slab
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

    /// The slab, unless its index is `NONE`.
    #[inline(always)]
    pub fn find(&self, index: Index) -> Option<&HeadSlab> {
        self.pool.find(index)
    }

    #[inline]
    pub fn get(&self, index: Index) -> &HeadSlab {
        self.pool.get(index)
    }

    #[inline]
    pub fn get_mut(&mut self, index: Index) -> &mut HeadSlab {
        self.pool.get_mut(index)
    }

    /// Whether what this slab had gathered was evicted for others.
    pub fn is_evicted(&self, index: Index) -> bool {
        self.get(index).unfinished().is_evicted()
    }

    /// Counts what this slab has gathered until the end of it comes. Where that is too much for the budget the largest pays, which may be
    /// this one. Fails with `Nomem`.
    pub fn count_unfinished(&mut self, index: Index) -> Result<(), Error> {
        self.budget.make_room(index)?;
        let slab = self.pool.get_mut(index);
        let size = slab.message_size();
        let before = slab.message().1.count(size);
        self.budget.count(index, before, size);
        while let Some(largest) = self.budget.over() {
            self.evict(largest);
        }
        Ok(())
    }

    fn evict(&mut self, index: Index) {
        self.end_unfinished(index);
        let (scratch, unfinished) = self.get_mut(index).message();
        scratch.strip();
        unfinished.evict();
        self.budget.note_evicted();
    }

    /// The end of the message has come, or its connection's.
    pub fn end_unfinished(&mut self, index: Index) {
        end_unfinished(&mut self.budget, self.pool.get_mut(index), index);
    }

    /// From now on unfinished messages hold this much.
    pub fn limit_messages(&mut self, max: usize) {
        self.budget.limit(max);
    }

    /// How many unfinished messages were evicted so far.
    pub fn evicted(&self) -> u64 {
        self.budget.evicted()
    }
}

/// The end of the message in this slab has come.
fn end_unfinished(budget: &mut MessageBudget, slab: &mut HeadSlab, index: Index) {
    let counted = if slab.has_message() { slab.message().1.count(0) } else { 0 };
    budget.remove(index, counted);
}

/// Makes room for another message.
#[cold]
fn drop_message(budget: &mut MessageBudget, slab: &mut HeadSlab, index: Index) {
    end_unfinished(budget, slab, index);
    slab.clear_message();
}
