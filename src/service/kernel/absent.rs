//! A library without TLS: there is nothing for the system to take over.

use super::Stats;
use super::slots::Live;
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key};
use std::io;

#[derive(Debug)]
pub(super) struct Offload;

impl Offload {
    pub fn new() -> Self {
        Self
    }

    #[inline(always)]
    pub fn take(&mut self, _: &mut Live, _: &mut Driver, _: &mut Workspace, _: u64, _: &mut Stats) {}
}

/// No record is due.
#[inline(always)]
pub(super) fn send_due_record(_: &mut Conn, _: Key, _: &mut Driver, _: &mut Workspace, _: u64) -> Option<bool> {
    None
}

pub(super) fn receive_failed(conn: &mut Conn, ws: &mut Workspace, _: &io::Error, now: u64) {
    conn.abort(ws, now);
}

impl super::Server {
    /// No socket has records.
    pub(super) fn record_received(&mut self, _: u32, _: u8) {
        debug_assert!(false, "no keys were given to the system");
    }
}
