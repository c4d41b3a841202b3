//! Topics: the subscribers of each name.
//!
//! A topic exists while it has subscribers. A subscription is a node in two lists: its topic's, in order of
//! subscription, and its connection's. It is found by topic and slot. So subscribing, unsubscribing and each
//! subscription of an ended connection have constant cost (decision 0021).
//!
//! Everything is in the server's heap: 36 octets per subscription, 52 and the name per topic, 12 per slot. Freed memory
//! is reused, and released when no subscription is left. A connection without subscriptions costs nothing. A connection
//! is charged for its subscriptions, and for the topics whose oldest subscription is its own.

mod arena;
mod chunks;
mod directory;
mod nodes;
mod subscribers;

use crate::error::{Code, Error, Fault};
use crate::memory::Heap;
use crate::narrow::low_half;
use arena::{Arena, Hook, NONE};
use directory::Directory;
use nodes::{Neighbours, Subscription, Topic};
use std::hash::{BuildHasher, RandomState};
use subscribers::Subscribers;

static LONG_NAME: Fault = Fault::new(Code::Argument, 0, c"", c"the name of a topic has 1 to 255 octets");
static TOO_MANY: Fault =
    Fault::new(Code::Limit, 0, c"", c"the connection is subscribed to as many topics as it may be");

/// Maximum length of a name.
const NAME_MAX: usize = 255;

/// Who is subscribed to what.
pub(super) struct Topics {
    topics: Arena<Topic>,
    /// Topics by their names.
    names: Directory,
    subscriptions: Arena<Subscription>,
    /// Subscriptions by topic and slot.
    pairs: Directory,
    subscribers: Subscribers,
    conn_max: usize,
    /// Names come from peers: a random key prevents collision attacks.
    hasher: RandomState,
    heap: Heap,
}

/// A position among the subscribers of a topic, valid until someone unsubscribes.
#[derive(Clone, Copy)]
pub(super) struct Cursor(u32);

impl Topics {
    /// No subscriptions. A slot has at most `conn_max`.
    pub fn new(heap: &Heap, conn_max: usize) -> Self {
        Self {
            topics: Arena::new(heap),
            names: Directory::new(heap),
            subscriptions: Arena::new(heap),
            pairs: Directory::new(heap),
            subscribers: Subscribers::new(heap),
            conn_max,
            hasher: RandomState::new(),
            heap: heap.clone(),
        }
    }

    /// Subscribes a slot, once. Fails with `Argument` for the name, `Limit` and `Nomem`; nothing has changed then.
    pub fn subscribe(&mut self, slot: u32, name: &[u8]) -> Result<(), Error> {
        if !(1..=NAME_MAX).contains(&name.len()) {
            return Err(LONG_NAME.at(0));
        }
        let topic = self.find(name);
        if topic.is_some_and(|topic| self.subscription(slot, topic).is_some()) {
            return Ok(());
        }
        if self.subscribers.get(slot).count as usize >= self.conn_max {
            return Err(TOO_MANY.at(0));
        }
        let added = self.add(slot, topic, name);
        self.clear_unused();
        added
    }

    /// Ends a subscription; returns whether there was one.
    pub fn unsubscribe(&mut self, slot: u32, name: &[u8]) -> bool {
        let Some(topic) = self.find(name) else { return false };
        let Some(at) = self.subscription(slot, topic) else { return false };
        self.remove(at);
        self.clear_unused();
        true
    }

    /// Ends all subscriptions of a slot whose connection has ended.
    pub fn forget(&mut self, slot: u32) {
        let mut at = self.subscribers.get(slot).first;
        if at == NONE {
            return;
        }
        while at != NONE {
            let next = self.subscriptions[at].in_slot.next;
            self.remove(at);
            at = next;
        }
        self.clear_unused();
    }

    /// The first subscriber of a topic.
    pub fn first(&self, name: &[u8]) -> Cursor {
        Cursor(self.find(name).map_or(NONE, |topic| self.topics[topic].first))
    }

    /// Returns the slot at the cursor and advances.
    pub fn next(&self, cursor: &mut Cursor) -> Option<u32> {
        if cursor.0 == NONE {
            return None;
        }
        let subscription = &self.subscriptions[cursor.0];
        cursor.0 = subscription.in_topic.next;
        Some(subscription.slot)
    }

    /// Octets charged to a slot.
    pub fn memory(&self, slot: u32) -> usize {
        let subscriber = self.subscribers.get(slot);
        subscriber.count as usize * Subscription::MEMORY + subscriber.topics as usize
    }

    fn find(&self, name: &[u8]) -> Option<u32> {
        let hash = self.hash_name(name);
        self.names.find(&self.topics, hash, |topic| *topic.name == *name)
    }

    fn subscription(&self, slot: u32, topic: u32) -> Option<u32> {
        let hash = self.hash_pair(slot, topic);
        let is = |subscription: &Subscription| (subscription.slot, subscription.topic) == (slot, topic);
        self.pairs.find(&self.subscriptions, hash, is)
    }

    fn hash_name(&self, name: &[u8]) -> u32 {
        low_half(self.hasher.hash_one(name))
    }

    fn hash_pair(&self, slot: u32, topic: u32) -> u32 {
        low_half(self.hasher.hash_one(u64::from(slot) << 32 | u64::from(topic)))
    }

    /// Reserves all memory before anything changes.
    fn add(&mut self, slot: u32, topic: Option<u32>, name: &[u8]) -> Result<(), Error> {
        self.subscribers.reserve(slot)?;
        self.subscriptions.reserve()?;
        self.pairs.reserve()?;
        let topic = match topic {
            Some(topic) => topic,
            None => self.add_topic(name)?,
        };
        let (before, after) = (self.topics[topic].last, self.subscribers.get(slot).first);
        let at = self.subscriptions.insert(Subscription {
            slot,
            topic,
            in_topic: Neighbours { before, next: NONE },
            in_slot: Neighbours { before: NONE, next: after },
            hook: Hook::new(self.hash_pair(slot, topic)),
        });
        self.pairs.insert(&mut self.subscriptions, at);
        self.topics[topic].last = at;
        match before {
            NONE => self.begin_topic(topic, at, slot),
            before => self.subscriptions[before].in_topic.next = at,
        }
        if after != NONE {
            self.subscriptions[after].in_slot.before = at;
        }
        let subscriber = self.subscribers.get_mut(slot);
        (subscriber.first, subscriber.count) = (at, subscriber.count + 1);
        Ok(())
    }

    /// Makes this the oldest subscription of a topic and charges its slot for the topic.
    fn begin_topic(&mut self, topic: u32, first: u32, slot: u32) {
        self.topics[topic].first = first;
        let octets = self.topics[topic].memory();
        self.subscribers.get_mut(slot).charge(octets);
    }

    /// The oldest subscription of a topic has ended: charges the next one.
    fn charge_next_subscriber(&mut self, topic: u32, slot: u32, next: u32) {
        let octets = self.topics[topic].memory();
        self.subscribers.get_mut(slot).refund(octets);
        if next == NONE {
            self.topics[topic].first = NONE;
        } else {
            self.begin_topic(topic, next, self.subscriptions[next].slot);
        }
    }

    /// Adds a topic without subscribers.
    fn add_topic(&mut self, name: &[u8]) -> Result<u32, Error> {
        self.topics.reserve()?;
        self.names.reserve()?;
        let mut octets = self.heap.vec(name.len())?;
        octets.extend_from_slice(name);
        let hook = Hook::new(self.hash_name(name));
        let at = self.topics.insert(Topic { name: octets, first: NONE, last: NONE, hook });
        self.names.insert(&mut self.topics, at);
        Ok(at)
    }

    /// Removes a subscription from both lists, and its topic if it was the last.
    fn remove(&mut self, at: u32) {
        let Subscription { slot, topic, in_topic, in_slot, .. } = self.subscriptions[at];
        self.pairs.remove(&mut self.subscriptions, at);
        self.subscriptions.remove(at);
        match in_topic.before {
            NONE => self.charge_next_subscriber(topic, slot, in_topic.next),
            before => self.subscriptions[before].in_topic.next = in_topic.next,
        }
        match in_topic.next {
            NONE => self.topics[topic].last = in_topic.before,
            next => self.subscriptions[next].in_topic.before = in_topic.before,
        }
        match in_slot.before {
            NONE => self.subscribers.get_mut(slot).first = in_slot.next,
            before => self.subscriptions[before].in_slot.next = in_slot.next,
        }
        if in_slot.next != NONE {
            self.subscriptions[in_slot.next].in_slot.before = in_slot.before;
        }
        self.subscribers.get_mut(slot).count -= 1;
        if self.topics[topic].first == NONE {
            self.remove_topic(topic);
        }
    }

    fn remove_topic(&mut self, at: u32) {
        self.names.remove(&mut self.topics, at);
        self.topics[at].name = crate::memory::Vec::new_in(self.heap.clone());
        self.topics.remove(at);
    }

    /// Frees the memory when there are no subscriptions.
    fn clear_unused(&mut self) {
        if self.subscriptions.live() == 0 {
            self.topics.clear();
            self.names.clear();
            self.subscriptions.clear();
            self.pairs.clear();
            self.subscribers.clear();
        }
    }
}

#[cfg(test)]
mod tests;
