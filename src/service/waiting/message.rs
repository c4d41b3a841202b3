//! A message for any number of connections, stored once.

use crate::conn::Prepared;
use crate::error::Error;
use crate::memory::{Heap, Reserved};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

/// A message for any number of connections.
pub struct Message {
    pub prepared: Arc<Prepared>,
    /// Reserved from the first time it waits.
    memory: OnceCell<Reserved>,
}

impl Message {
    pub fn new(prepared: Arc<Prepared>) -> Rc<Self> {
        Rc::new(Self { prepared, memory: OnceCell::new() })
    }

    /// Reserves its memory, once.
    pub fn count(&self, heap: &Heap) -> Result<(), Error> {
        if self.memory.get().is_none() {
            let counted = self.memory.set(heap.reserve(self.prepared.size())?);
            debug_assert!(counted.is_ok(), "it was not counted before");
        }
        Ok(())
    }
}
