//! TLS in the kernel, as an option: when the handshake of a connection is done, and nothing of it is under way, the system is given its
//! keys and makes its records from then on.
//!
//! Nothing is taken from a connection before the system has said that it can take it: keys cannot be put back. So each kind of keys is
//! asked about once, apart from any connection ([`ask`]), and where the answer is no, connections stay as they are.

use super::send::{Files, send_pieces};
use super::slots::Live;
use super::{Server, Stats};
use crate::conn::{Conn, Workspace};
use crate::io::driver::{Driver, Key, Sent};
use crate::io::ktls::{self, Answer, Fault, Info, Kernel, Way, ask};
use crate::tls::{Broken, Cipher, Keys, Protection, Version};
use std::io;

/// What is known of the system.
#[derive(Debug)]
pub(super) struct Offload {
    /// It has no TLS.
    is_absent: bool,
    /// What it said about each kind of keys.
    answers: [Option<bool>; KINDS],
}

/// Two versions and three ciphers.
const KINDS: usize = 6;

impl Offload {
    pub fn new() -> Self {
        Self { is_absent: false, answers: [None; KINDS] }
    }

    /// Gives the records of a connection to the system, if both are ready. A connection that the system cannot have is not asked about
    /// again.
    #[cold]
    pub fn take(&mut self, live: &mut Live, driver: &mut Driver, ws: &mut Workspace, now: u64, stats: &mut Stats) {
        // What the handshake has left to say was sealed here, and goes first; what the owner has said since is the system's to seal.
        while live.conn.ready_for_kernel().is_some() && live.conn.has_records() {
            if send_pieces(live, &mut Files::default(), driver, ws, now, stats) {
                return;
            }
        }
        let Some(protection) = live.conn.ready_for_kernel() else { return };
        // No socket is taken on which the peer has ended its side already.
        if !self.knows(protection, driver.kernel()) || driver.attach_kernel(live.key).is_err() {
            return live.conn.stay_here();
        }
        match enter(&mut live.conn, live.key, driver) {
            Some(()) => stats.kernel_tls += 1,
            None => live.conn.lose_kernel(ws),
        }
    }

    /// Whether the system takes keys of this kind.
    fn knows(&mut self, protection: Protection, kernel: &mut dyn Kernel) -> bool {
        let Some(answer) = self.answers.get_mut(kind(protection)).filter(|_| !self.is_absent) else { return false };
        if let Some(answer) = answer {
            return *answer;
        }
        let (version, cipher) = numbers(protection);
        let zeros = [0; 32];
        let key = if cipher == ktls::Cipher::Aes128Gcm { &zeros[..16] } else { &zeros };
        let asked = Info::new(version, cipher, key, &[0; 12], 0).map(|info| ask(kernel, &info));
        match asked {
            Some(Answer::Taken) => *answer = Some(true),
            Some(Answer::NotThis) | None => *answer = Some(false),
            Some(Answer::None) => self.is_absent = true,
            Some(Answer::Unknown) => {}
        }
        asked == Some(Answer::Taken)
    }
}

/// Which of the kinds of keys.
fn kind(Protection { version, cipher }: Protection) -> usize {
    let of_version = if version == Version::Tls13 { 3 } else { 0 };
    of_version + cipher as usize
}

fn numbers(protection: Protection) -> (u16, ktls::Cipher) {
    let version = if protection.version == Version::Tls13 { 0x0304 } else { 0x0303 };
    let cipher = match protection.cipher {
        Cipher::Aes128Gcm => ktls::Cipher::Aes128Gcm,
        Cipher::Aes256Gcm => ktls::Cipher::Aes256Gcm,
        Cipher::ChaCha20Poly1305 => ktls::Cipher::ChaCha20Poly1305,
    };
    (version, cipher)
}

/// Both directions, or neither can go on.
fn enter(conn: &mut Conn, key: Key, driver: &mut Driver) -> Option<()> {
    let (send, receive) = conn.enter_kernel().ok()?;
    set(driver, key, Way::Send, &send)?;
    set(driver, key, Way::Receive, &receive)
}

fn set(driver: &mut Driver, key: Key, way: Way, keys: &Keys) -> Option<()> {
    let (version, cipher) = numbers(keys.protection());
    let info = Info::new(version, cipher, keys.key(), keys.iv(), keys.sequence())?;
    driver.set_keys(key, way, &info).ok()
}

/// Sends the record that is due before anything else; whether it must wait for room, or `None` when none is due. New keys follow at once.
#[inline(always)]
pub(super) fn send_due_record(
    conn: &mut Conn,
    key: Key,
    driver: &mut Driver,
    ws: &mut Workspace,
    now: u64,
) -> Option<bool> {
    if conn.is_in_kernel() { send_record(conn, key, driver, ws, now) } else { None }
}

#[inline(never)]
fn send_record(conn: &mut Conn, key: Key, driver: &mut Driver, ws: &mut Workspace, now: u64) -> Option<bool> {
    let record = conn.due_record()?;
    match driver.send_record(key, record.kind, record.octets()) {
        Ok(Sent::Done(_)) => {
            let keys = conn.record_sent(ws, now);
            if keys.map_or(Some(()), |keys| keys.map_or(Some(()), |keys| set(driver, key, Way::Send, &keys))).is_none()
            {
                conn.lose_kernel(ws);
            }
            Some(false)
        }
        Ok(Sent::Queued(_)) => Some(true),
        Err(_) => {
            conn.abort(ws, now);
            Some(false)
        }
    }
}

/// Nothing more is received: the transport failed, or the system could not open a record.
#[cold]
pub(super) fn receive_failed(conn: &mut Conn, ws: &mut Workspace, error: &io::Error, now: u64) {
    let fault = if conn.is_in_kernel() { Fault::of(error) } else { None };
    match fault {
        None => conn.abort(ws, now),
        Some(Fault::Undecryptable) => conn.receive_broken(ws, Broken::Undecryptable, now),
        Some(Fault::Long) => conn.receive_broken(ws, Broken::Long, now),
        Some(Fault::NoRecord) => conn.receive_broken(ws, Broken::NoRecord, now),
    }
}

impl Server {
    /// Puts `kernel` in the place of the system for the TLS records of this server's connections, as tests do where the system has none.
    /// Before any connection is accepted.
    pub fn set_kernel(&mut self, kernel: Box<dyn Kernel>) {
        self.driver.set_kernel(kernel);
        self.offload = Offload::new();
    }

    /// A record that holds no application data; the keys to receive with may change behind it.
    #[cold]
    pub(super) fn record_received(&mut self, index: u32, kind: u8) {
        let Some(live) = self.slots.get_mut(index).live.as_mut() else { return };
        let content = self.driver.received();
        self.stats.octets_in += content.len() as u64;
        let keys = live.conn.receive_record(&mut self.ws, kind, content, self.time.now);
        if keys.is_some_and(|keys| set(&mut self.driver, live.key, Way::Receive, &keys).is_none()) {
            live.conn.lose_kernel(&mut self.ws);
        }
        self.turn = index;
    }
}
