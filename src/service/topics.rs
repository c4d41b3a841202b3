//! Topics: which connections hear what is published under a name.
//!
//! A topic exists while somebody is subscribed to it. Both directions are kept, so that a connection that ends is forgotten at
//! the cost of its own subscriptions; one that has none costs nothing.

use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
use std::collections::HashMap;

static LONG_NAME: Fault = Fault::new(Code::Argument, 0, c"", c"the name of a topic has 1 to 255 octets");

/// Octets of the longest name.
const NAME_MAX: usize = 255;

type Name = std::rc::Rc<[u8]>;

/// Who is subscribed to what.
#[derive(Default)]
pub(super) struct Topics {
    subscribers: HashMap<Name, Vec<u32>>,
    subscriptions: HashMap<u32, Vec<Name>>,
}

impl Topics {
    /// Subscribes a slot, once. Fails with `Argument` for the name, and `Nomem`; nothing has changed then.
    pub fn subscribe(&mut self, slot: u32, name: &[u8]) -> Result<(), Error> {
        if !(1..=NAME_MAX).contains(&name.len()) {
            return Err(LONG_NAME.at(0));
        }
        let known = self.subscribers.get_key_value(name);
        if known.is_some_and(|(_, slots)| slots.contains(&slot)) {
            return Ok(());
        }
        let name = known.map_or_else(|| Name::from(name), |(name, _)| name.clone());
        self.subscribers.try_reserve(1).map_err(|_| NO_MEMORY)?;
        self.subscriptions.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let names = self.subscriptions.entry(slot).or_default();
        names.try_reserve(1).map_err(|_| NO_MEMORY)?;
        let slots = self.subscribers.entry(name.clone()).or_default();
        if slots.try_reserve(1).is_err() {
            self.prune(slot, &name);
            return Err(NO_MEMORY);
        }
        slots.push(slot);
        names.push(name);
        Ok(())
    }

    /// Ends a subscription; whether there was one.
    pub fn unsubscribe(&mut self, slot: u32, name: &[u8]) -> bool {
        let Some(slots) = self.subscribers.get_mut(name) else { return false };
        let Some(at) = slots.iter().position(|&subscriber| subscriber == slot) else { return false };
        slots.swap_remove(at);
        if let Some(names) = self.subscriptions.get_mut(&slot) {
            names.retain(|known| **known != *name);
        }
        self.prune(slot, name);
        true
    }

    /// Ends all subscriptions of a slot whose connection has ended.
    pub fn forget(&mut self, slot: u32) {
        for name in self.subscriptions.remove(&slot).unwrap_or_default() {
            if let Some(slots) = self.subscribers.get_mut(&name) {
                slots.retain(|&subscriber| subscriber != slot);
            }
            self.prune(slot, &name);
        }
    }

    /// The slots that hear a topic.
    pub fn subscribers(&self, name: &[u8]) -> &[u32] {
        self.subscribers.get(name).map_or(&[], Vec::as_slice)
    }

    /// Drops what has become empty.
    fn prune(&mut self, slot: u32, name: &[u8]) {
        if self.subscribers.get(name).is_some_and(Vec::is_empty) {
            self.subscribers.remove(name);
        }
        if self.subscriptions.get(&slot).is_some_and(Vec::is_empty) {
            self.subscriptions.remove(&slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hears_what_it_subscribed_to() {
        let mut topics = Topics::default();
        for (slot, name) in [(1, "a"), (2, "a"), (2, "b"), (1, "a")] {
            topics.subscribe(slot, name.as_bytes()).unwrap();
        }
        assert_eq!((topics.subscribers(b"a"), topics.subscribers(b"b")), (&[1, 2][..], &[2][..]));
        assert_eq!(topics.subscribers(b"c"), [0; 0]);
        assert!(topics.unsubscribe(1, b"a"));
        assert!(!topics.unsubscribe(1, b"a"), "again");
        assert!(!topics.unsubscribe(1, b"c"), "no such topic");
        assert_eq!(topics.subscribers(b"a"), [2]);
    }

    #[test]
    fn an_end_leaves_nothing_behind() {
        let mut topics = Topics::default();
        for slot in [1, 2] {
            for name in ["a", "b"] {
                topics.subscribe(slot, name.as_bytes()).unwrap();
            }
        }
        topics.forget(1);
        assert_eq!((topics.subscribers(b"a"), topics.subscribers(b"b")), (&[2][..], &[2][..]));
        topics.forget(2);
        topics.forget(3);
        assert!(topics.subscribers.is_empty() && topics.subscriptions.is_empty());
    }

    #[test]
    fn names_have_a_length() {
        let mut topics = Topics::default();
        assert_eq!(topics.subscribe(1, b"").unwrap_err().code(), Code::Argument);
        assert_eq!(topics.subscribe(1, &[b'x'; 256]).unwrap_err().code(), Code::Argument);
        assert!(topics.subscribe(1, &[0; 255]).is_ok(), "any octets");
        assert!(topics.subscriptions.len() == 1);
    }
}
