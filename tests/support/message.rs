//! The arguments of a call that sends a head.

use super::bytes::expand;
use super::step::number;

pub type Fields = Vec<(Vec<u8>, Vec<u8>)>;

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
        let mut parts = text.split(" | ");
        let first = parts.next().unwrap_or("");
        let (status, reason) = first.split_once(' ').map_or((first, None), |(s, r)| (s, Some(r)));
        let mut message = Self::parts(parts)?;
        message.status = status.parse().map_err(|e| format!("status {status:?}: {e}"))?;
        message.reason = reason.map(expand).transpose()?;
        Ok(message)
    }

    /// `METHOD TARGET AUTHORITY PARTS`
    pub fn request(text: &str) -> Result<Self, String> {
        let mut parts = text.split(" | ");
        let words: Vec<&str> = parts.next().unwrap_or("").split(' ').collect();
        let [method, target, authority] = words[..] else { return Err("request METHOD TARGET AUTHORITY".into()) };
        let message = Self::parts(parts)?;
        Ok(Self { method: expand(method)?, target: expand(target)?, authority: expand(authority)?, ..message })
    }

    /// `TARGET AUTHORITY PARTS`
    pub fn opening(text: &str) -> Result<Self, String> {
        Self::request(&format!("GET {text}"))
    }

    /// `PARTS`, which may begin with their separator.
    pub fn of_parts(text: &str) -> Result<Self, String> {
        Self::parts(text.strip_prefix("| ").unwrap_or(text).split(" | "))
    }

    fn parts<'a>(parts: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut message = Self::default();
        for part in parts.filter(|part| !part.is_empty()) {
            message.part(part)?;
        }
        Ok(message)
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
