//! A rustls connection after offload: derives new keys and has the negotiated facts.

use rustls::kernel::KernelConnection;
use rustls::server::{ServerConnectionData, UnbufferedServerConnection};
use rustls::{CommonState, ConnectionTrafficSecrets, HandshakeKind};

use super::faults::{UNKNOWN_CIPHER, fault};
use crate::error::Error;
use crate::tls::kernel::{Cipher, Keys, Protection};

pub(super) struct Offloaded {
    connection: KernelConnection<ServerConnectionData>,
    protection: Protection,
    pub facts: Facts,
}

/// The negotiated facts, copied, because rustls does not expose them after offload.
pub(super) struct Facts {
    pub version: Option<u16>,
    pub cipher_suite: Option<u16>,
    pub alpn: Option<Box<[u8]>>,
    pub is_resumed: bool,
    pub certificates: Vec<Box<[u8]>>,
}

impl Facts {
    pub fn of(state: &CommonState) -> Self {
        let certificates = state.peer_certificates().unwrap_or_default();
        Self {
            version: state.protocol_version().map(u16::from),
            cipher_suite: state.negotiated_cipher_suite().map(|suite| suite.suite().into()),
            alpn: state.alpn_protocol().map(Box::from),
            is_resumed: state.handshake_kind() == Some(HandshakeKind::Resumed),
            certificates: certificates.iter().map(|certificate| Box::from(certificate.as_ref())).collect(),
        }
    }
}

/// Converts the rustls connection: what remains of it, the send keys and the receive keys.
pub(super) fn offload(peer: UnbufferedServerConnection) -> Result<(Offloaded, Keys, Keys), Error> {
    let facts = Facts::of(&peer);
    let protection = facts.cipher_suite.and_then(Protection::of_suite).ok_or(UNKNOWN_CIPHER)?;
    let (secrets, connection) = peer.dangerous_into_kernel_connection().map_err(|error| fault(&error).at(0))?;
    let (send, receive) = (keys(secrets.tx, protection)?, keys(secrets.rx, protection)?);
    Ok((Offloaded { connection, protection, facts }, send.for_sealing(), receive))
}

impl Offloaded {
    /// The next send keys.
    pub fn next_send_keys(&mut self) -> Result<Keys, Error> {
        keys(self.connection.update_tx_secret().map_err(|error| fault(&error).at(0))?, self.protection)
    }

    /// The next receive keys.
    pub fn next_receive_keys(&mut self) -> Result<Keys, Error> {
        keys(self.connection.update_rx_secret().map_err(|error| fault(&error).at(0))?, self.protection)
    }
}

fn keys((sequence, secrets): (u64, ConnectionTrafficSecrets), protection: Protection) -> Result<Keys, Error> {
    let (cipher, key, iv) = match &secrets {
        ConnectionTrafficSecrets::Aes128Gcm { key, iv } => (Cipher::Aes128Gcm, key, iv),
        ConnectionTrafficSecrets::Aes256Gcm { key, iv } => (Cipher::Aes256Gcm, key, iv),
        ConnectionTrafficSecrets::Chacha20Poly1305 { key, iv } => (Cipher::ChaCha20Poly1305, key, iv),
        _ => return Err(UNKNOWN_CIPHER),
    };
    let keys = Keys::new(protection, key.as_ref(), iv.as_ref(), sequence);
    keys.filter(|_| cipher == protection.cipher).ok_or(UNKNOWN_CIPHER)
}
