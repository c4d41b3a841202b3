//! TLS in the kernel, an option: after the handshake, when nothing is in progress, the kernel gets a connection's keys
//! and processes its records.
//!
//! Keys cannot be put back, so each kind of keys is probed once, on a separate connection ([`probe`]). If the system
//! does not support it, connections keep their records.

use super::records::{numbers, set_keys};
use super::send::{Files, send_pieces};
use super::send_wait::SendWait;
use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key};
use crate::io::ktls::{self, Direction, Info, Kernel, Support, probe};
use crate::tls::{Protection, Version};
use std::io;

/// What is known about the system.
#[derive(Debug)]
pub(super) struct Offload {
    /// The system has no TLS.
    is_absent: bool,
    /// The result for each kind of keys.
    probed: [Option<bool>; KINDS],
}

/// Two versions and three ciphers.
const KINDS: usize = 6;

impl Offload {
    pub fn new() -> Self {
        Self { is_absent: false, probed: [None; KINDS] }
    }

    /// Offloads a connection, if both sides are ready. A connection that cannot be offloaded is not tried again. Returns
    /// what the rest of the handshake, which is sent first, waits for.
    #[cold]
    pub fn take(
        &mut self,
        live: &mut Live,
        driver: &mut Driver,
        ws: &mut Workspace,
        now: u64,
        stats: &mut Stats,
    ) -> SendWait {
        // It was sealed here; the kernel seals what the owner sends.
        while live.conn.offload(ws).ready_for_kernel().is_some() && live.conn.offload(ws).has_records() {
            let wait = send_pieces(live, &mut Files::default(), driver, ws, now, stats);
            if wait != SendWait::Nothing {
                return wait;
            }
        }
        self.enter(live, driver, ws, stats);
        SendWait::Nothing
    }

    fn enter(&mut self, live: &mut Live, driver: &mut Driver, ws: &mut Workspace, stats: &mut Stats) {
        let Some(protection) = live.conn.offload(ws).ready_for_kernel() else { return };
        if !self.supports(protection, driver.kernel()) {
            return live.conn.offload(ws).decline_offload();
        }
        match driver.attach_kernel(live.key) {
            Ok(()) => {}
            // The driver has received more, which is to be opened here: at the end of that turn.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
            // A socket whose peer has ended its side is not offloaded.
            Err(_) => return live.conn.offload(ws).decline_offload(),
        }
        match enter(&mut live.conn, live.key, driver, ws) {
            Some(()) => stats.kernel_tls += 1,
            None => live.conn.offload(ws).offload_failed(),
        }
    }

    /// Whether the system supports this kind of keys.
    fn supports(&mut self, protection: Protection, kernel: &mut dyn Kernel) -> bool {
        let Some(probed) = self.probed.get_mut(kind(protection)).filter(|_| !self.is_absent) else { return false };
        if let Some(probed) = probed {
            return *probed;
        }
        let (version, cipher) = numbers(protection);
        let zeros = [0; 32];
        let key = if cipher == ktls::Cipher::Aes128Gcm { &zeros[..16] } else { &zeros };
        let support = Info::new(version, cipher, key, &[0; 12], 0).map(|info| probe(kernel, &info));
        match support {
            Some(Support::Supported) => *probed = Some(true),
            Some(Support::CipherUnsupported) | None => *probed = Some(false),
            Some(Support::None) => self.is_absent = true,
            Some(Support::Unknown) => {}
        }
        support == Some(Support::Supported)
    }
}

/// The index of a kind of keys.
fn kind(Protection { version, cipher }: Protection) -> usize {
    let of_version = if version == Version::Tls13 { 3 } else { 0 };
    of_version + cipher as usize
}

/// Offloads both directions; if one fails, the connection cannot continue.
fn enter(conn: &mut Conn, key: Key, driver: &mut Driver, ws: &mut Workspace) -> Option<()> {
    let (send, receive) = conn.offload(ws).enter_kernel().ok()?;
    set_keys(driver, key, Direction::Send, &send)?;
    set_keys(driver, key, Direction::Receive, &receive)
}
