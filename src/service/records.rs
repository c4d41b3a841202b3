//! TLS records of offloaded connections: control records, and key changes after them. Uses the driver and `conn`.

use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key, Sent};
use crate::io::ktls::{self, Direction, Fault, Info};
use crate::tls::{Cipher, Keys, Protection, RecordError, Version};
use std::io;

/// Version and cipher in the kernel's numbers.
pub(super) fn numbers(protection: Protection) -> (u16, ktls::Cipher) {
    let version = if protection.version == Version::Tls13 { 0x0304 } else { 0x0303 };
    let cipher = match protection.cipher {
        Cipher::Aes128Gcm => ktls::Cipher::Aes128Gcm,
        Cipher::Aes256Gcm => ktls::Cipher::Aes256Gcm,
        Cipher::ChaCha20Poly1305 => ktls::Cipher::ChaCha20Poly1305,
    };
    (version, cipher)
}

/// Sets the keys of one direction; `None` if the kernel refuses them.
pub(super) fn set_keys(driver: &mut Driver, key: Key, way: Direction, keys: &Keys) -> Option<()> {
    let (version, cipher) = numbers(keys.protection());
    let info = Info::new(version, cipher, keys.key(), keys.iv(), keys.sequence())?;
    driver.set_keys(key, way, &info).ok()
}

/// Sends the queued control record, before anything else. Returns whether it must wait for room; `None` if there is
/// none. New keys follow at once.
#[inline(always)]
pub(super) fn send_due(conn: &mut Conn, key: Key, driver: &mut Driver, ws: &mut Workspace, now: u64) -> Option<bool> {
    if conn.is_in_kernel() { send_record(conn, key, driver, ws, now) } else { None }
}

#[inline(never)]
fn send_record(conn: &mut Conn, key: Key, driver: &mut Driver, ws: &mut Workspace, now: u64) -> Option<bool> {
    let record = conn.offload(ws).due_record()?;
    match driver.send_record(key, record.kind, record.octets()) {
        Ok(Sent::Done(_)) => {
            let keys = conn.offload(ws).record_sent(now);
            if keys
                .map_or(Some(()), |keys| keys.map_or(Some(()), |keys| set_keys(driver, key, Direction::Send, &keys)))
                .is_none()
            {
                conn.offload(ws).offload_failed();
            }
            Some(false)
        }
        Ok(Sent::Room(_) | Sent::Held) => Some(true),
        Err(_) => {
            conn.abort(ws, now);
            Some(false)
        }
    }
}

/// Handles a received record without application data.
pub(super) fn receive(live: &mut Live, kind: u8, driver: &mut Driver, ws: &mut Workspace, now: u64, stats: &mut Stats) {
    let content = driver.received();
    stats.octets_in += content.len() as u64;
    let keys = live.conn.offload(ws).receive_record(kind, content, now);
    if keys.is_some_and(|keys| set_keys(driver, live.key, Direction::Receive, &keys).is_none()) {
        live.conn.offload(ws).offload_failed();
    }
}

/// Handles a failed receive: the transport failed, or the kernel could not open a record.
#[cold]
pub(super) fn receive_failed(conn: &mut Conn, ws: &mut Workspace, error: &io::Error, now: u64) {
    let fault = if conn.is_in_kernel() { Fault::of(error) } else { None };
    match fault {
        None => conn.abort(ws, now),
        Some(Fault::Undecryptable) => conn.offload(ws).receive_record_error(RecordError::Undecryptable, now),
        Some(Fault::Long) => conn.offload(ws).receive_record_error(RecordError::Long, now),
        Some(Fault::NoRecord) => conn.offload(ws).receive_record_error(RecordError::NoRecord, now),
    }
}
