//! Octets that are lent to the system: by zero-copy sends, which it reads until the peer has acknowledged them.

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "no driver of this system lends"))]
mod lent;
mod release;
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "no driver of this system lends"))]
mod wait;
mod zero_copy;

pub(super) use lent::Lent;
pub use release::Release;
use std::collections::HashMap;
pub(super) use wait::wait;
pub use zero_copy::ZeroCopy;

/// The sockets that have sent so, by the numbers of their descriptors.
#[derive(Debug, Default)]
pub(super) struct Lending {
    lenders: HashMap<u32, Lender>,
}

/// One of them.
#[derive(Debug)]
struct Lender {
    lent: Lent,
    /// Whose socket it is: a forked child has it too, and must leave it alone.
    process: u32,
}

impl Lending {
    /// What a socket has lent, if it may lend more now. The first time of each socket, `can` tells whether it ever may. `None`: it
    /// may not, or there is no memory. What is kept of it lasts until it is [removed](Self::remove).
    pub fn lender(&mut self, index: u32, can: impl FnOnce() -> bool) -> Option<&mut Lent> {
        if !self.lenders.contains_key(&index) {
            self.lenders.try_reserve(1).ok()?;
            let lent = if can() { Lent::default() } else { Lent::refused() };
            self.lenders.insert(index, Lender { lent, process: std::process::id() });
        }
        let lent = self.get(index)?;
        lent.may_lend().then_some(lent)
    }

    /// What a socket has lent.
    pub fn get(&mut self, index: u32) -> Option<&mut Lent> {
        self.lenders.get_mut(&index).map(|lender| &mut lender.lent)
    }

    /// Forgets a socket at the end of each use: another one may have its number next.
    pub fn remove(&mut self, index: u32) {
        if !self.lenders.is_empty() {
            self.lenders.remove(&index);
        }
    }

    /// The sockets of this process of which something is lent.
    pub fn unreleased(&mut self) -> impl Iterator<Item = (u32, &mut Lent)> {
        let all = self.lenders.iter_mut().filter(|(_, lender)| !lender.lent.is_empty());
        all.filter(|(_, lender)| lender.process == std::process::id()).map(|(&index, lender)| (index, &mut lender.lent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lend(lending: &mut Lending, index: u32) {
        lending.lender(index, || true).unwrap().add();
    }

    #[test]
    fn a_child_that_lends_leaves_the_sockets_of_its_parent_alone() {
        let mut lending = Lending::default();
        lend(&mut lending, 5);
        // As the child of a fork sees it.
        lending.lenders.get_mut(&5).unwrap().process = 0;
        lend(&mut lending, 6);
        let ours: Vec<u32> = lending.unreleased().map(|(index, _)| index).collect();
        assert_eq!(ours, [6]);
    }

    #[test]
    fn the_next_socket_with_a_number_is_asked_again() {
        let mut lending = Lending::default();
        assert!(lending.lender(5, || false).is_none());
        assert!(lending.lender(5, || true).is_none());
        lending.remove(5);
        assert!(lending.lender(5, || true).is_some());
    }
}
