//! TLS in the kernel, as an option: when the handshake of a connection is done, and nothing of it is under way, the system is given its
//! keys and makes its records from then on.
//!
//! Nothing is taken from a connection before the system has said that it can take it: keys cannot be put back. So each kind of keys is
//! probed once, apart from any connection ([`probe`]), and where it does not take keys, connections stay as they are.

use super::records::{numbers, set_keys};
use super::send::{Files, send_pieces};
use super::send_wait::SendWait;
use super::slots::Live;
use super::stats::Stats;
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key};
use crate::io::ktls::{self, Direction, Info, Kernel, Support, probe};
use crate::tls::{Protection, Version};

/// What is known of the system.
#[derive(Debug)]
pub(super) struct Offload {
    /// It has no TLS.
    is_absent: bool,
    /// What it said about each kind of keys.
    known: [Option<bool>; KINDS],
}

/// Two versions and three ciphers.
const KINDS: usize = 6;

impl Offload {
    pub fn new() -> Self {
        Self { is_absent: false, known: [None; KINDS] }
    }

    /// Gives the records of a connection to the system, if both are ready. A connection that the system cannot have is not asked about
    /// again.
    #[cold]
    pub fn take(&mut self, live: &mut Live, driver: &mut Driver, ws: &mut Workspace, now: u64, stats: &mut Stats) {
        // What the handshake has left to say was sealed here, and goes first; what the owner has said since is the system's to seal.
        while live.conn.offload(ws).ready_for_kernel().is_some() && live.conn.offload(ws).has_records() {
            if send_pieces(live, &mut Files::default(), driver, ws, now, stats) != SendWait::Nothing {
                return;
            }
        }
        let Some(protection) = live.conn.offload(ws).ready_for_kernel() else { return };
        // No socket is taken on which the peer has ended its side already.
        if !self.knows(protection, driver.kernel()) || driver.attach_kernel(live.key).is_err() {
            return live.conn.offload(ws).stay_here();
        }
        match enter(&mut live.conn, live.key, driver, ws) {
            Some(()) => stats.kernel_tls += 1,
            None => live.conn.offload(ws).lose_kernel(),
        }
    }

    /// Whether the system takes keys of this kind.
    fn knows(&mut self, protection: Protection, kernel: &mut dyn Kernel) -> bool {
        let Some(known) = self.known.get_mut(kind(protection)).filter(|_| !self.is_absent) else { return false };
        if let Some(known) = known {
            return *known;
        }
        let (version, cipher) = numbers(protection);
        let zeros = [0; 32];
        let key = if cipher == ktls::Cipher::Aes128Gcm { &zeros[..16] } else { &zeros };
        let support = Info::new(version, cipher, key, &[0; 12], 0).map(|info| probe(kernel, &info));
        match support {
            Some(Support::Supported) => *known = Some(true),
            Some(Support::CipherUnsupported) | None => *known = Some(false),
            Some(Support::None) => self.is_absent = true,
            Some(Support::Unknown) => {}
        }
        support == Some(Support::Supported)
    }
}

/// Which of the kinds of keys.
fn kind(Protection { version, cipher }: Protection) -> usize {
    let of_version = if version == Version::Tls13 { 3 } else { 0 };
    of_version + cipher as usize
}

/// Both directions, or neither can go on.
fn enter(conn: &mut Conn, key: Key, driver: &mut Driver, ws: &mut Workspace) -> Option<()> {
    let (send, receive) = conn.offload(ws).enter_kernel().ok()?;
    set_keys(driver, key, Direction::Send, &send)?;
    set_keys(driver, key, Direction::Receive, &receive)
}
