//! A topic and a subscription, as they are in memory.

use super::arena::{Hook, Node};
use crate::memory::Bytes;
use crate::narrow::place;

/// A topic with at least one subscription.
pub struct Topic {
    pub name: Bytes,
    /// The subscriptions that were made first and last.
    pub first: u32,
    pub last: u32,
    pub hook: Hook,
}

impl Topic {
    /// Octets of memory: the node with its bucket, and the name.
    pub fn memory(&self) -> u32 {
        place(size_of::<Self>() + BUCKET + self.name.len())
    }
}

/// Octets of a bucket: there is one for each node.
const BUCKET: usize = size_of::<u32>();

/// Places in a list.
#[derive(Clone, Copy)]
pub struct Neighbours {
    pub before: u32,
    pub next: u32,
}

/// A slot hears a topic.
#[derive(Clone, Copy)]
pub struct Subscription {
    pub slot: u32,
    pub topic: u32,
    /// Among those of the topic.
    pub in_topic: Neighbours,
    /// Among those of the slot.
    pub in_slot: Neighbours,
    pub hook: Hook,
}

impl Subscription {
    /// Octets of memory, with its bucket.
    pub const MEMORY: usize = size_of::<Self>() + BUCKET;
}

/// What [`super`] says.
const _: () = assert!(size_of::<Subscription>() == 32);

impl Node for Topic {
    fn hook(&self) -> &Hook {
        &self.hook
    }

    fn hook_mut(&mut self) -> &mut Hook {
        &mut self.hook
    }
}

impl Node for Subscription {
    fn hook(&self) -> &Hook {
        &self.hook
    }

    fn hook_mut(&mut self) -> &mut Hook {
        &mut self.hook
    }
}
