//! What the peer of a connection over TLS does beside sending octets.

use super::bytes::expand;
use super::words::alone;

#[derive(Clone, Debug)]
pub enum TlsCommand {
    /// It sends octets in records, which come in pieces: the first is so long, and the others are.
    Seal { bytes: Vec<u8>, first: usize, then: usize },
    /// Octets come on the transport as they are.
    Wire(Vec<u8>),
    /// It ends TLS.
    CloseNotify,
}

/// How TLS ended for the peer, by the reason of its error: `the peer sent the alert record_overflow (22)` is `alert record_overflow`. What
/// is no error is `open` or `done`.
#[allow(dead_code, reason = "builds without TLS have no peer")]
pub fn tls_end(reason: &str) -> String {
    let name = reason.split_once(" alert ").and_then(|(_, rest)| rest.split(' ').next());
    match name {
        Some(name) => format!("alert {name}"),
        None if reason == "done" => "close_notify".into(),
        None => reason.into(),
    }
}

impl TlsCommand {
    pub fn parse(word: &str, rest: &str) -> Result<Option<Self>, String> {
        match word {
            "wire" => Ok(Some(Self::Wire(expand(rest)?))),
            "close-notify" => alone(word, rest).map(|()| Some(Self::CloseNotify)),
            _ => Ok(None),
        }
    }

    /// Octets in records, in pieces of these sizes.
    pub fn seal(bytes: &[u8], first: usize, then: usize) -> Self {
        Self::Seal { bytes: bytes.to_vec(), first, then }
    }
}
