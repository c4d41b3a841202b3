//! Messages prepared once and sent often.

#[cfg(feature = "deflate")]
use super::deflate::deflate_all;
use crate::conn::workspace::Workspace;
use crate::error::{Code, Error, Fault};
use crate::memory::NO_MEMORY;
#[cfg(feature = "deflate")]
use crate::websocket::deflate::Deflater;
use crate::websocket::frame::{HEADER_MAX, encode};
#[cfg(feature = "deflate")]
use crate::websocket::frame::{RSV1, decode};
use crate::websocket::machine::{Machine, Part};
use crate::websocket::{Role, frame};
#[cfg(feature = "deflate")]
use std::sync::OnceLock;

static NOT_WHOLE: Fault = Fault::new(Code::Argument, 0, c"WS-MSG-09", c"a prepared message is whole");

/// A whole message, validated and framed once, and compressed at most once, for the first connection that accepts it
/// so. Any thread, many at a time: its memory is from the global allocator, and its size is its owner's decision.
pub struct Prepared {
    text: bool,
    plain: Payload,
    /// The compressed payload; `None` if compression is not allowed, or does not help.
    #[cfg(feature = "deflate")]
    compressed: OnceLock<Option<Payload>>,
}

const fn is_shareable<T: Send + Sync>() {}
const _: () = is_shareable::<Prepared>();

/// An unmasked frame: the header as servers send it, and the payload.
pub(super) struct Payload {
    frame: Vec<u8>,
    at: usize,
}

impl Prepared {
    /// Prepares a message (`part` must be all of it). If `part` says so, it is compressed for connections that agreed
    /// on it (WS-PMD-10).
    ///
    /// # Errors
    ///
    /// `Argument` for a part of a message, `Utf8` for text that is not UTF-8, `Nomem`.
    pub fn new(part: Part, octets: &[u8]) -> Result<Self, Error> {
        if !(part.first && part.last) {
            return Err(NOT_WHOLE.at(0));
        }
        let said = Machine::new(Role::Server, false).outgoing().plan_part(part, octets)?;
        Ok(Self {
            text: part.text,
            plain: Payload::new(&said.header(octets.len(), None), octets)?,
            #[cfg(feature = "deflate")]
            compressed: if part.compressed { OnceLock::new() } else { OnceLock::from(None) },
        })
    }

    /// Whether it is text.
    pub(super) fn is_text(&self) -> bool {
        self.text
    }

    /// Length of its uncompressed frame from a server.
    pub fn frame_len(&self) -> usize {
        self.plain.frame.len()
    }

    /// Its maximum memory, including the compressed form.
    pub fn size(&self) -> usize {
        size_of::<Self>() + 2 * self.plain.frame.len()
    }

    /// The form of the message for this connection.
    pub(super) fn payload(&self, takes_packed: impl FnOnce(usize) -> bool, level: u8, ws: &mut Workspace) -> &Payload {
        #[cfg(feature = "deflate")]
        if takes_packed(self.plain.octets().len())
            && let Some(compressed) = self.compressed(ws, level)
        {
            return compressed;
        }
        #[cfg(not(feature = "deflate"))]
        let _ = (takes_packed, level, ws);
        &self.plain
    }

    #[cfg(feature = "deflate")]
    fn compressed(&self, ws: &mut Workspace, level: u8) -> Option<&Payload> {
        if let Some(compressed) = self.compressed.get() {
            return compressed.as_ref();
        }
        // Without memory this connection gets the uncompressed form, and the next one tries again. If two threads are
        // first at once, one's work is dropped: nobody waits for a lock.
        let compressed = compress(ws, level, &self.plain).ok()?;
        self.compressed.get_or_init(|| compressed).as_ref()
    }
}

/// The message compressed with the largest window and no earlier message, if that is shorter.
#[cfg(feature = "deflate")]
fn compress(ws: &mut Workspace, level: u8, plain: &Payload) -> Result<Option<Payload>, Error> {
    ws.codecs.with_deflater(15, level, |deflater| compress_with(deflater, plain))
}

#[cfg(feature = "deflate")]
fn compress_with(deflater: &mut Deflater, plain: &Payload) -> Result<Option<Payload>, Error> {
    let octets = plain.octets();
    let mut compressed = room_for(Deflater::bound(octets.len()))?;
    compressed.resize(Deflater::bound(octets.len()), 0);
    let len = deflate_all(deflater, octets, &mut compressed, true)?;
    if len >= octets.len() {
        return Ok(None);
    }
    let header = decode(&plain.frame)?.unwrap_or_default();
    let header = frame::Header { rsv: RSV1, payload_len: len as u64, ..header };
    Payload::new(&header, &compressed[..len]).map(Some)
}

fn room_for(len: usize) -> Result<Vec<u8>, Error> {
    let mut octets = Vec::new();
    octets.try_reserve_exact(len).map_err(|_| NO_MEMORY)?;
    Ok(octets)
}

impl Payload {
    fn new(header: &frame::Header, octets: &[u8]) -> Result<Self, Error> {
        let mut head = [0; HEADER_MAX];
        let at = encode(header, &mut head);
        let mut frame = room_for(at + octets.len())?;
        frame.extend_from_slice(&head[..at]);
        frame.extend_from_slice(octets);
        Ok(Self { frame, at })
    }

    /// The frame, as a server sends it.
    pub fn frame(&self) -> &[u8] {
        &self.frame
    }

    /// Its header.
    pub fn head(&self) -> &[u8] {
        &self.frame[..self.at]
    }

    /// The payload.
    pub fn octets(&self) -> &[u8] {
        &self.frame[self.at..]
    }

    /// Whether the payload is compressed.
    #[cfg(feature = "deflate")]
    pub fn is_compressed(&self) -> bool {
        self.frame[0] & 0x40 != 0
    }
}
