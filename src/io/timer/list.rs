//! The timer lists, one per slot of the wheel, linked through one array of nodes indexed by key.

use crate::error::{Code, Error, Fault};
use crate::io::chunks::Chunks;
use crate::narrow::{low_half, place};

/// The bits of a deadline that select a slot within a level.
pub(super) const DIGIT: u32 = 6;
pub(super) const SLOTS: usize = 1 << DIGIT;
/// Enough levels for every bit of a deadline.
pub(super) const LEVELS: usize = (u64::BITS.div_ceil(DIGIT)) as usize;

static NO_MEMORY: Fault = Fault::new(Code::Nomem, 0, c"", c"no memory for another timer");
static BAD_KEY: Fault = Fault::new(Code::Argument, 0, c"", c"a timer's key is beyond 2^31");

/// One timer. In a list if `previous` is not [`NONE`].
#[derive(Debug)]
struct Node {
    /// The lower half, which suffices: a deadline is within 32 bits of the wheel's time.
    deadline: u32,
    next: u32,
    /// The previous node; for the first one, [`HEAD`] and the list's number, so that removal needs no search.
    previous: u32,
}

const _: () = assert!(size_of::<Node>() == 12);

const NONE: u32 = u32::MAX;
const HEAD: u32 = 1 << 31;

#[derive(Debug)]
pub(super) struct Lists {
    heads: [u32; LEVELS * SLOTS],
    nodes: Chunks<Node>,
}

impl Lists {
    pub(super) const fn new() -> Self {
        Self { heads: [NONE; LEVELS * SLOTS], nodes: Chunks::new() }
    }

    /// Allocates nodes for the keys below `keys`.
    pub(super) fn reserve(&mut self, keys: u32) -> Result<(), Error> {
        if keys > HEAD {
            return Err(BAD_KEY.at(0));
        }
        let node = || Node { deadline: 0, next: NONE, previous: NONE };
        self.nodes.grow(keys as usize, node).map_err(|_| NO_MEMORY.at(0))
    }

    pub(super) fn first(&self, list: usize) -> Option<u32> {
        Some(self.heads[list]).filter(|&key| key != NONE)
    }

    /// `time` is the wheel's.
    pub(super) fn deadline(&self, key: u32, time: u64) -> Option<u64> {
        let node = self.nodes.get(key as usize).filter(|node| node.previous != NONE)?;
        Some(time + u64::from(node.deadline.wrapping_sub(low_half(time))))
    }

    /// Inserts `key`, which has a node and is in no list, at the front of `list`.
    pub(super) fn insert(&mut self, list: usize, key: u32, deadline: u64) {
        let next = core::mem::replace(&mut self.heads[list], key);
        if next != NONE {
            self.nodes[next as usize].previous = key;
        }
        self.nodes[key as usize] = Node { deadline: low_half(deadline), next, previous: HEAD | place(list) };
    }

    /// Removes `key` from its list, if any; returns the list's number if it is now empty.
    pub(super) fn remove(&mut self, key: u32) -> Option<usize> {
        let node = self.nodes.get_mut(key as usize).filter(|node| node.previous != NONE)?;
        let (next, previous) = (node.next, node.previous);
        node.previous = NONE;
        if next != NONE {
            self.nodes[next as usize].previous = previous;
        }
        if previous & HEAD == 0 {
            self.nodes[previous as usize].next = next;
            return None;
        }
        let list = (previous & !HEAD) as usize;
        self.heads[list] = next;
        (next == NONE).then_some(list)
    }
}
