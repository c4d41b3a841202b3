//! The arguments of a call that sends a head.

use super::bytes::expand;
use super::number::{narrow, number};

pub type Fields = Vec<(Vec<u8>, Vec<u8>)>;

/// The parts of calls that may have content, beside fields.
const CONTENT: [&str; 4] = ["=", "stream", "length", "close"];
/// And those of the opening handshake of a WebSocket.
const HANDSHAKE: [&str; 2] = ["subprotocol", "uncompressed"];

/// The arguments of respond, switch, inform, request, accept and open; each uses its own.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub status: u16,
    pub reason: Option<Vec<u8>>,
    pub method: Vec<u8>,
    pub target: Vec<u8>,
    pub authority: Vec<u8>,
    pub fields: Fields,
    pub content: Option<Vec<u8>>,
    pub stream: bool,
    pub length: Option<u64>,
    pub close: bool,
    /// Client: wait for 100 Continue before the content.
    pub expect: bool,
    /// WebSocket: the subprotocol chosen, or the list of those offered.
    pub subprotocol: Vec<u8>,
    /// WebSocket: no permessage-deflate on this connection.
    pub uncompressed: bool,
}

impl Message {
    /// `STATUS [REASON] PARTS`
    pub fn response(text: &str) -> Result<Self, String> {
        Self::with_status(text, &CONTENT)
    }

    /// `STATUS PARTS`, of which all are fields.
    pub fn interim(text: &str) -> Result<Self, String> {
        let message = Self::with_status(text, &[])?;
        if message.reason.is_some() { Err("an interim response has a reason of its own".into()) } else { Ok(message) }
    }

    fn with_status(text: &str, allowed: &[&str]) -> Result<Self, String> {
        let mut parts = text.split(" | ");
        let first = parts.next().unwrap_or("");
        let (status, reason) = first.split_once(' ').map_or((first, None), |(s, r)| (s, Some(r)));
        let mut message = Self::parts(parts, allowed)?;
        message.status = narrow(status)?;
        message.reason = reason.map(expand).transpose()?;
        Ok(message)
    }

    /// `METHOD TARGET AUTHORITY PARTS`
    pub fn request(text: &str) -> Result<Self, String> {
        Self::with_target(text, &[&CONTENT[..], &["expect"]].concat())
    }

    fn with_target(text: &str, allowed: &[&str]) -> Result<Self, String> {
        let mut parts = text.split(" | ");
        let words: Vec<&str> = parts.next().unwrap_or("").split(' ').collect();
        let [method, target, authority] = words[..] else { return Err("request METHOD TARGET AUTHORITY".into()) };
        let message = Self::parts(parts, allowed)?;
        Ok(Self { method: expand(method)?, target: expand(target)?, authority: expand(authority)?, ..message })
    }

    /// `TARGET AUTHORITY PARTS`
    pub fn opening(text: &str) -> Result<Self, String> {
        Self::with_target(&format!("GET {text}"), &HANDSHAKE)
    }

    /// `PARTS` of a handshake that is accepted; they may begin with their separator.
    pub fn accept(text: &str) -> Result<Self, String> {
        Self::parts(text.strip_prefix("| ").unwrap_or(text).split(" | "), &HANDSHAKE)
    }

    /// `PARTS`, of which all are fields.
    pub fn trailers(text: &str) -> Result<Self, String> {
        Self::parts(text.strip_prefix("| ").unwrap_or(text).split(" | "), &[])
    }

    /// Takes fields, and the parts that the call has a use for.
    fn parts<'a>(parts: impl Iterator<Item = &'a str>, allowed: &[&str]) -> Result<Self, String> {
        let mut message = Self::default();
        for part in parts.filter(|part| !part.is_empty()) {
            let word = part.split(' ').next().unwrap_or_default();
            if !part.contains(": ") && !allowed.contains(&word) {
                return Err(format!("not a part of this call: {part:?}"));
            }
            message.part(part)?;
        }
        let is_lost = message.length.is_some() && !message.stream;
        if is_lost { Err("a length without a stream".into()) } else { Ok(message) }
    }

    fn part(&mut self, part: &str) -> Result<(), String> {
        match (part.split_once(' '), part.split_once(": ")) {
            (Some(("=", content)), _) => return expand(content).map(|content| self.content = Some(content)),
            (Some(("length", length)), _) => self.length = Some(number(length)?),
            (Some(("subprotocol", names)), _) => self.subprotocol = names.into(),
            (_, Some((name, value))) => self.fields.push((expand(name)?, expand(value)?)),
            _ => *self.flag(part).ok_or_else(|| format!("not a part: {part:?}"))? = true,
        }
        Ok(())
    }

    fn flag(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "stream" => Some(&mut self.stream),
            "close" => Some(&mut self.close),
            "expect" => Some(&mut self.expect),
            "uncompressed" => Some(&mut self.uncompressed),
            _ => None,
        }
    }
}
