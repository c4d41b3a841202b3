//! Octets that are lent to the system: by zero-copy sends, which it reads until the peer has acknowledged them.

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "no driver of this system lends"))]
mod lent;
mod release;
mod zero_copy;

pub(super) use lent::Lent;
pub use release::Release;
use std::collections::HashMap;
pub use zero_copy::ZeroCopy;

/// The sockets that have sent so, by the numbers of their descriptors.
#[derive(Debug, Default)]
pub(super) struct Lending {
    lenders: HashMap<u32, Lent>,
    /// Whose sockets they are: a forked child has them too, and must leave them alone.
    process: u32,
}

impl Lending {
    /// What a socket has lent, if it may lend more now. The first time, `can` tells whether it ever may. `None`: it may not, or there is
    /// no memory.
    pub fn lender(&mut self, index: u32, can: impl FnOnce() -> bool) -> Option<&mut Lent> {
        if !self.lenders.contains_key(&index) {
            self.lenders.try_reserve(1).ok()?;
            self.lenders.insert(index, if can() { Lent::default() } else { Lent::refused() });
            self.process = std::process::id();
        }
        let lent = self.get(index)?;
        lent.may_lend().then_some(lent)
    }

    /// What a socket has lent.
    pub fn get(&mut self, index: u32) -> Option<&mut Lent> {
        self.lenders.get_mut(&index)
    }

    /// Forgets a socket, which has lent nothing or is closed.
    pub fn remove(&mut self, index: u32) {
        if !self.lenders.is_empty() {
            self.lenders.remove(&index);
        }
    }

    /// The sockets of this process of which something is lent.
    pub fn unreleased(&mut self) -> impl Iterator<Item = (u32, &mut Lent)> {
        let is_ours = self.lenders.is_empty() || self.process == std::process::id();
        let all = self.lenders.iter_mut().filter(move |(_, lent)| is_ours && !lent.is_empty());
        all.map(|(&index, lent)| (index, lent))
    }
}
