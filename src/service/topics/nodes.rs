//! Topics and subscriptions as stored.

use super::arena::{Hook, Node};
use crate::memory::Bytes;
use crate::narrow::place;

/// A topic with at least one subscription.
pub struct Topic {
    pub name: Bytes,
    /// The oldest and the newest subscription.
    pub first: u32,
    pub last: u32,
    pub hook: Hook,
}

impl Topic {
    /// Memory of the node, its bucket and its name.
    pub fn memory(&self) -> u32 {
        place(size_of::<Self>() + BUCKET + self.name.len())
    }
}

/// Size of a bucket, one per node.
const BUCKET: usize = size_of::<u32>();

/// Links of a list.
#[derive(Clone, Copy)]
pub struct Neighbours {
    pub before: u32,
    pub next: u32,
}

/// A subscription of a slot to a topic.
#[derive(Clone, Copy)]
pub struct Subscription {
    pub slot: u32,
    pub topic: u32,
    /// In the topic's list.
    pub in_topic: Neighbours,
    /// In the slot's list.
    pub in_slot: Neighbours,
    pub hook: Hook,
}

impl Subscription {
    /// Memory, with its bucket.
    pub const MEMORY: usize = size_of::<Self>() + BUCKET;
}

/// As documented in [`super`].
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
