//! A library without TLS: the system makes no records.

use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key};
use std::io;

/// No record is due.
#[inline(always)]
pub(super) fn send_due(_: &mut Conn, _: Key, _: &mut Driver, _: &mut Workspace, _: u64) -> Option<bool> {
    None
}

/// No socket has records.
pub(super) fn receive(_: &mut Live, _: u8, _: &mut Driver, _: &mut Workspace, _: u64, _: &mut Stats) {
    debug_assert!(false, "no keys were given to the system");
}

pub(super) fn receive_failed(conn: &mut Conn, ws: &mut Workspace, _: &io::Error, now: u64) {
    conn.abort(ws, now);
}
