//! The permessage-deflate state of one WebSocket.

use crate::conn::workspace::{Index, NONE, Workspace};
use crate::websocket::deflate::{Deflater, Inflater};
use crate::websocket::extension::Deflate;

/// The terms, and the codecs in use. Without context takeover, a codec is held only during a message.
#[derive(Clone)]
pub struct DeflateState {
    /// Used only if an extension was agreed.
    pub terms: Deflate,
    pub inflater: Index,
    pub deflater: Index,
    /// Octets at the start of the window, unmasked and not yet inflated.
    pub inflating: u32,
}

impl DeflateState {
    pub fn new(terms: Option<Deflate>) -> Self {
        const NONE_AGREED: Deflate = Deflate {
            our_window_bits: 15,
            peer_window_bits: 15,
            our_no_context_takeover: true,
            peer_no_context_takeover: true,
        };
        Self { terms: terms.unwrap_or(NONE_AGREED), inflater: NONE, deflater: NONE, inflating: 0 }
    }

    /// Memory of the codecs.
    pub fn memory(&self) -> usize {
        let inflater = if self.inflater == NONE { 0 } else { Inflater::MEMORY };
        inflater + if self.deflater == NONE { 0 } else { Deflater::memory(self.terms.our_window_bits) }
    }

    /// Returns the inflater.
    pub fn drop_inflater(&mut self, ws: &mut Workspace) {
        if self.inflater != NONE {
            ws.codecs.give_back_inflater(core::mem::replace(&mut self.inflater, NONE));
        }
    }

    /// Returns the deflater.
    pub fn drop_deflater(&mut self, ws: &mut Workspace) {
        if self.deflater != NONE {
            ws.codecs.give_back_deflater(core::mem::replace(&mut self.deflater, NONE));
        }
    }
}
