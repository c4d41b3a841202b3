//! Fields by name, and lists in their values.

use crate::websocket::token::{elements, trim};

/// Name and value of a field line.
pub type Field<'a> = (&'a [u8], &'a [u8]);

/// `Upgrade`
pub const UPGRADE: &[u8] = b"Upgrade";
/// `Connection`
pub const CONNECTION: &[u8] = b"Connection";
/// `Sec-WebSocket-Key`
pub const KEY: &[u8] = b"Sec-WebSocket-Key";
/// `Sec-WebSocket-Accept`
pub const ACCEPT: &[u8] = b"Sec-WebSocket-Accept";
/// `Sec-WebSocket-Version`
pub const VERSION: &[u8] = b"Sec-WebSocket-Version";
/// `Sec-WebSocket-Protocol`
pub const PROTOCOL: &[u8] = b"Sec-WebSocket-Protocol";
/// `Sec-WebSocket-Extensions`
pub const EXTENSIONS: &[u8] = b"Sec-WebSocket-Extensions";

/// Whether the handshake writes the field `name` itself, so that a caller must not add it (WS-HSC-02).
pub fn is_ours(name: &[u8]) -> bool {
    [UPGRADE, CONNECTION, KEY, ACCEPT, VERSION, PROTOCOL, EXTENSIONS].iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// The values of the lines named `name`, case-insensitively, without surrounding whitespace.
pub fn lines<'a>(
    fields: impl Iterator<Item = Field<'a>> + Clone,
    name: &[u8],
) -> impl Iterator<Item = &'a [u8]> + Clone {
    fields.filter(move |(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| trim(value))
}

/// The value of the line named `name`, if there is exactly one.
pub(super) fn only<'a>(fields: impl Iterator<Item = Field<'a>> + Clone, name: &[u8]) -> Option<&'a [u8]> {
    let mut lines = lines(fields, name);
    let first = lines.next()?;
    lines.next().is_none().then_some(first)
}

/// Whether the list in the lines named `name` contains `token`, case-insensitively.
pub(super) fn names<'a>(fields: impl Iterator<Item = Field<'a>> + Clone, name: &[u8], token: &[u8]) -> bool {
    lines(fields, name).flat_map(elements).any(|element| element.eq_ignore_ascii_case(token))
}
