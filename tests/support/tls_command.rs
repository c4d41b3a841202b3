//! What the peer of a connection over TLS does beside sending octets.

use super::bytes::expand;
use super::words::alone;

#[derive(Clone, Debug)]
#[allow(dead_code, reason = "read where the runner has TLS: the C driver and the live server leave its cases out")]
pub enum TlsCommand {
    /// It sends octets in records, which come in pieces: the first is so long, and the others are.
    Seal { bytes: Vec<u8>, first: usize, then: usize },
    /// Octets come on the transport as they are.
    Wire(Vec<u8>),
    /// It ends TLS.
    CloseNotify,
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
