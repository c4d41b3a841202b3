//! One step of a response from another thread, by value.

use super::copied::Copied;
use crate::conn::{Accept, Delivery};
use crate::error::Error;
use crate::http1::write::{FieldRef, check_fields, check_trailers};
use crate::memory::NO_MEMORY;

/// A piece of a response that comes in several.
pub(super) enum Piece {
    /// Content of a streamed response.
    Content(Vec<u8>),
    /// The end of a streamed response, with trailers.
    End(Copied),
    /// The accept of a WebSocket.
    WebSocket {
        /// The subprotocol and the fields.
        copied: Copied,
        /// Whether permessage-deflate may be agreed on.
        deflate: bool,
        /// How messages are delivered.
        delivery: Option<Delivery>,
    },
}

impl Piece {
    /// A copy of content. Fails with `Nomem`.
    pub fn content(octets: &[u8]) -> Result<Self, Error> {
        let mut copy = Vec::new();
        copy.try_reserve_exact(octets.len()).map_err(|_| NO_MEMORY)?;
        copy.extend_from_slice(octets);
        Ok(Self::Content(copy))
    }

    /// A copy of trailers. Fails with what is wrong with one, and with `Nomem`.
    pub fn end<'f>(trailers: impl Iterator<Item = FieldRef<'f>> + Clone) -> Result<Self, Error> {
        check_trailers(trailers.clone())?;
        Copied::new(&[], trailers, &[]).map(Self::End)
    }

    /// A copy of an accept. Fails with what is wrong with a field, and with `Nomem`.
    pub fn websocket<'f>(
        accept: &Accept<'_>,
        fields: impl Iterator<Item = FieldRef<'f>> + Clone,
    ) -> Result<Self, Error> {
        check_fields(fields.clone())?;
        let copied = Copied::new(accept.subprotocol, fields, &[])?;
        Ok(Self::WebSocket { copied, deflate: accept.deflate, delivery: accept.delivery })
    }

    /// Approximate size in memory.
    pub fn size(&self) -> usize {
        match self {
            Self::Content(octets) => octets.len(),
            Self::End(copied) | Self::WebSocket { copied, .. } => copied.size(),
        }
    }
}
