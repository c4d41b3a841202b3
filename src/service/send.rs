//! What a connection has made goes to the system: octets of the workspace, of the owner, and of files.

use super::records;
use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, File, Piece, Workspace};
use crate::io::driver::{Driver, Gather, Key, Sent, Submission};
use crate::io::file;
use std::io;
use std::os::fd::RawFd;

/// One send, or as many as it takes where there are more pieces than one can have; whether it must wait for room, or for the turns
/// of others. A failed connection is aborted.
pub(super) fn send(live: &mut Live, driver: &mut Driver, ws: &mut Workspace, now: u64, stats: &mut Stats) -> bool {
    let mut files = Files::default();
    while {
        live.conn.seal(ws);
        live.conn.has_output()
    } {
        let due = records::send_due(&mut live.conn, live.key, driver, ws, now);
        if due.unwrap_or_else(|| send_pieces(live, &mut files, driver, ws, now, stats)) {
            return true;
        }
    }
    false
}

/// One send of what there is for the transport; whether it must wait.
#[inline(always)]
pub(super) fn send_pieces(
    live: &mut Live,
    files: &mut Files,
    driver: &mut Driver,
    ws: &mut Workspace,
    now: u64,
    stats: &mut Stats,
) -> bool {
    let Live { conn, key } = live;
    let mut octets = Gather::new();
    conn.shown(ws).pieces(|piece| match piece {
        Piece::Owned(piece) => octets.push(piece),
        Piece::Lent(address, len) => octets.push_place(address, len),
    });
    let sent = match octets.octets() {
        0 => files.send(conn, driver, *key, ws),
        _ if conn.is_in_kernel() => driver.send_sealed(*key, &octets),
        _ => driver.send_gather(*key, &octets),
    };
    let (taken, is_blocked) = match sent {
        Ok(Sent::Done(taken)) => (taken, false),
        Ok(Sent::Queued(taken)) => (taken, true),
        Err(_) => {
            conn.abort(ws, now);
            return false;
        }
    };
    stats.octets_out += taken as u64;
    let sent = conn.sent(ws, taken, now);
    debug_assert!(sent.is_ok(), "no more is sent than was queued");
    is_blocked
}

/// Files in one turn of a connection.
#[derive(Default)]
pub(super) struct Files {
    /// The system does not send from one; reading it tells why, if it cannot be read either.
    is_refused: bool,
    /// How often one was read.
    reads: u32,
}

impl Files {
    /// Reads of a turn: as many octets as the system sends of a file at a time.
    const READS: u32 = 16;

    /// Sends from the file at the front, or reads some of it for the connection to send.
    #[cold]
    fn send(&mut self, conn: &mut Conn, driver: &mut Driver, key: Key, ws: &mut Workspace) -> io::Result<Sent> {
        let Some(file) = conn.shown(ws).file() else { return Err(io::ErrorKind::InvalidInput.into()) };
        if !self.is_refused && !conn.seals() {
            let from = descriptor(&file);
            let sent = if conn.is_in_kernel() {
                driver.send_file_sealed(key, from, file.offset, file.len)
            } else {
                driver.send_file(key, from, file.offset, file.len)
            };
            match sent {
                Ok(sent) => return Ok(sent),
                Err(_) => self.is_refused = true,
            }
        }
        if self.reads == Self::READS {
            return driver.submit(key, Submission::Room).map(|()| Sent::Queued(0));
        }
        self.reads += 1;
        // Where this fails the connection has ended, and says why.
        let _ = conn.http1(ws).supply_file(read);
        Ok(Sent::Done(0))
    }
}

/// Reads what comes next of a file; 0 octets where there are none to be had.
fn read(file: &File, into: &mut [u8]) -> usize {
    file::read_at(descriptor(file), file.offset, into).unwrap_or(0)
}

/// No descriptor is greater than the system's type for them.
fn descriptor(file: &File) -> RawFd {
    RawFd::try_from(file.fd).unwrap_or(-1)
}
