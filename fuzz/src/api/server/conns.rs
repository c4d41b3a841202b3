//! The connections of a server: each is opened once and closed once, and nothing comes of it before and behind.

use std::collections::BTreeMap;

use wireway::ffi::event::*;

use crate::api::application::{Mode, Offer};

/// What the application knows of one.
#[derive(Default)]
pub struct Known {
    pub mode: Mode,
    pub offer: Offer,
    /// A response is streamed.
    pub is_open: bool,
    /// What was stored for it.
    pub user: usize,
}

#[derive(Default)]
pub struct Conns {
    open: BTreeMap<ww_id, Known>,
    pub dead: Vec<ww_id>,
}

impl Conns {
    /// Checks an event against what came before.
    pub fn event(&mut self, event: &ww_event) {
        if event.conn == 0 {
            assert!(matches!(event.kind, WW_EVENT_POST | WW_EVENT_UNDELIVERED), "an event of no connection");
            return;
        }
        match event.kind {
            WW_EVENT_OPENED => {
                assert!(!self.dead.contains(&event.conn), "an id that was used before");
                assert!(self.open.insert(event.conn, Known::default()).is_none(), "opened twice");
            }
            WW_EVENT_UNDELIVERED => {}
            kind => {
                let known = self.open.get(&event.conn);
                assert!(known.is_some(), "event {kind} of a connection that is not open");
                assert_eq!(event.user as usize, known.map_or(0, |known| known.user), "another user pointer");
            }
        }
        if event.kind == WW_EVENT_CLOSED {
            self.open.remove(&event.conn);
            self.dead.push(event.conn);
        }
    }

    pub fn get(&mut self, conn: ww_id) -> Option<&mut Known> {
        self.open.get_mut(&conn)
    }

    /// One of them, by a number; the newest for 0.
    pub fn pick(&self, number: usize) -> Option<ww_id> {
        let all = self.open.len().max(1);
        self.open.keys().rev().nth(number % all).copied()
    }

    pub fn len(&self) -> usize {
        self.open.len()
    }
}
