//! Slots without a server: names, generations, the free and the due.

use super::*;
use crate::conn::Config;
use crate::http1::machine::Role;
use crate::io::driver::{self, Driver};
use crate::io::socket::Socket;
use core::ptr::null_mut;
use std::rc::Rc;

struct Fixture {
    slots: Slots,
    driver: Driver,
    config: Rc<Config>,
}

impl Fixture {
    fn new() -> Self {
        let driver = Driver::new(&driver::Config::default()).unwrap();
        let slots = Slots::new(&Heap::new(usize::MAX), 9);
        Self { slots, driver, config: Rc::new(Config::new(Role::Server)) }
    }

    fn open(&mut self) -> u32 {
        let index = self.slots.vacant().unwrap();
        let key = self.driver.attach(Socket::pair().unwrap().0, index).unwrap();
        self.slots.fill(index, Live { conn: Conn::new(self.config.clone(), 0).unwrap(), key });
        index
    }

    fn close(&mut self, index: u32) {
        assert!(self.slots.empty(index).is_some());
        assert!(self.slots.empty(index).is_none());
    }
}

#[test]
fn names_end_with_their_connection() {
    let mut f = Fixture::new();
    let index = f.open();
    let id = f.slots.id(index);
    assert_eq!(f.slots.find(id), Some(index));
    f.close(index);
    assert_eq!(f.slots.find(id), None);
    assert_eq!(f.open(), index);
    assert_eq!(f.slots.find(id), None);
    assert_eq!(f.slots.find(Id::new(8, index, 2)), None, "another server's");
    assert_eq!(f.slots.find(Id::new(9, 5000, 1)), None, "beyond the slots there are");
}

#[test]
fn a_slot_whose_generations_are_used_up_is_retired() {
    let mut f = Fixture::new();
    let index = f.open();
    f.slots.get_mut(index).word = LAST_GENERATION;
    let last = f.slots.id(index);
    f.close(index);
    assert_eq!(f.slots.find(last), None);
    for _ in 0..2 * CHUNK {
        let other = f.open();
        assert_ne!(other, index);
        assert_eq!(f.slots.find(last), None);
    }
    assert_eq!(f.slots.live(), 2 * CHUNK);
}

#[test]
fn chunks_are_filled_before_there_are_more() {
    let mut f = Fixture::new();
    let all: std::vec::Vec<_> = (0..CHUNK).map(|_| f.open()).collect();
    assert_eq!(f.slots.len(), CHUNK);
    f.close(all[3]);
    f.close(all[5]);
    assert_eq!([f.open(), f.open()], [all[5], all[3]]);
    assert_eq!(f.slots.len(), CHUNK);
    assert_eq!(f.open(), CHUNK);
}

#[test]
fn due_slots_come_once_and_in_order_and_those_that_ended_become_free() {
    let mut f = Fixture::new();
    let [a, b, c] = [f.open(), f.open(), f.open()];
    for index in [b, a, b, c, a] {
        f.slots.make_due(index);
    }
    assert_eq!(f.slots.due_after(None), Some(b));
    assert_eq!(f.slots.due_after(Some(b)), Some(a));
    f.close(a);
    assert_ne!(f.open(), a, "still in the list");
    assert_eq!(f.slots.next_due(), Some(b));
    assert_eq!(f.slots.next_due(), Some(c));
    assert_eq!(f.slots.next_due(), None);
    assert!(!f.slots.has_due());
    assert_eq!(f.open(), a);
    assert!(!f.slots.get(a).has(flag::DUE));
    f.slots.make_due(a);
    assert_eq!(f.slots.next_due(), Some(a));
}

#[test]
fn memory_that_is_used_up_is_an_error_and_changes_nothing() {
    let mut slots = Slots::new(&Heap::new(1000), 0);
    assert!(slots.vacant().is_err());
    assert_eq!((slots.len(), slots.live()), (0, 0));
}

#[test]
fn what_a_connection_is_to_its_owner_ends_with_it() {
    let mut f = Fixture::new();
    let [a, b] = [f.open(), f.open()];
    let mine = core::ptr::without_provenance_mut(7);
    assert_eq!(f.slots.user(a), null_mut());
    f.slots.set_user(a, mine).unwrap();
    assert_eq!([f.slots.user(a), f.slots.user(b)], [mine, null_mut()]);
    assert_eq!(f.slots.get_with_user(a).1, mine);
    f.close(a);
    assert_eq!(f.slots.user(a), mine, "its last event still carries it");
    assert_eq!(f.open(), a);
    assert_eq!(f.slots.user(a), null_mut());
}

#[test]
fn pointers_for_which_there_is_no_memory_are_an_error() {
    let heap = Heap::new(CHUNK as usize * size_of::<Slot>() + 200);
    let mut slots = Slots::new(&heap, 0);
    let index = slots.vacant().unwrap();
    assert!(slots.set_user(index, core::ptr::without_provenance_mut(7)).is_err());
    assert_eq!(slots.user(index), null_mut());
}
