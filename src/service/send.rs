//! Sends a connection's output: octets of the workspace, of the owner, and of files.

use super::records;
use super::send_wait::SendWait;
use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, File, FileOutput, Piece, Workspace};
use crate::io::descriptor::RawFile;
use crate::io::driver::{Driver, Gather, Key, Sent, Submission};
use crate::io::file;
use std::io;

/// The driver's answer to a send.
pub(super) type SendResult = io::Result<Sent>;

/// Sends the output, in several calls if there are many pieces. Returns what the rest waits for. A failed connection is
/// aborted.
pub(super) fn send(live: &mut Live, driver: &mut Driver, ws: &mut Workspace, now: u64, stats: &mut Stats) -> SendWait {
    let mut files = Files::default();
    while {
        live.conn.seal(ws);
        live.conn.has_output()
    } {
        let wait = match records::send_due(&mut live.conn, live.key, driver, ws, now) {
            Some(true) => SendWait::Room,
            Some(false) => SendWait::Nothing,
            None => send_pieces(live, &mut files, driver, ws, now, stats),
        };
        if wait != SendWait::Nothing {
            return wait;
        }
    }
    SendWait::Nothing
}

/// One send call. Returns what the rest waits for.
#[inline(always)]
pub(super) fn send_pieces(
    live: &mut Live,
    files: &mut Files,
    driver: &mut Driver,
    ws: &mut Workspace,
    now: u64,
    stats: &mut Stats,
) -> SendWait {
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
    let (taken, wait) = match sent {
        Ok(Sent::Done(taken)) => (taken, SendWait::Nothing),
        Ok(Sent::Room(taken)) => (taken, files.wait()),
        Ok(Sent::Held) => {
            conn.hold_output();
            return SendWait::Held;
        }
        Err(_) => {
            conn.abort(ws, now);
            return SendWait::Nothing;
        }
    };
    stats.octets_out += taken as u64;
    let sent = conn.sent(ws, taken, now);
    debug_assert!(sent.is_ok(), "no more is sent than was queued");
    wait
}

/// File sends of one turn.
#[derive(Default)]
pub(super) struct Files {
    /// The system cannot send from a file; reading it shows the reason.
    is_refused: bool,
    /// Number of reads.
    reads: u32,
    /// The limit of a turn was reached: others go first.
    has_yielded: bool,
}

impl Files {
    /// Maximum reads per turn: as many octets as one file send.
    const READS: u32 = 16;

    /// What an incomplete send waits for.
    fn wait(&self) -> SendWait {
        if self.has_yielded { SendWait::Turn } else { SendWait::Room }
    }

    /// Sends from the file at the front, or reads some of it for the connection to send.
    #[cold]
    fn send(&mut self, conn: &mut Conn, driver: &mut Driver, key: Key, ws: &mut Workspace) -> io::Result<Sent> {
        let output = conn.shown(ws).file_output().ok_or(io::ErrorKind::InvalidInput)?;
        if let FileOutput::Send(file) = output
            && !self.is_refused
        {
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
            driver.submit(key, Submission::Room)?;
            self.has_yielded = true;
            return Ok(Sent::Room(0));
        }
        self.reads += 1;
        // If this fails, the connection has ended with the reason.
        let _ = conn.http1(ws).supply_file(read);
        Ok(Sent::Done(0))
    }
}

/// Reads the next part of a file; 0 octets if it cannot be read.
fn read(file: &File, into: &mut [u8]) -> usize {
    file::read_at(descriptor(file), file.offset, into).unwrap_or(0)
}

/// Every descriptor fits the system's type.
fn descriptor(file: &File) -> RawFile {
    RawFile::try_from(file.fd).unwrap_or(-1)
}
