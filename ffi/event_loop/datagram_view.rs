//! Received datagrams as C sees them.

use super::datagram_value::ww_datagram;
use crate::error::Error;
use crate::ffi::address::value::ww_address;
use crate::ffi::head::types::ww_span;
use crate::io::socket::{ReceiveBatch, Received};
use crate::memory::NO_MEMORY;

/// The datagrams of the present completion.
pub(super) struct DatagramView(Vec<ww_datagram>);

impl DatagramView {
    /// With room for a batch, so that none is lost for lack of memory.
    pub fn with_room(datagrams: usize) -> Result<Self, Error> {
        let mut view = Vec::new();
        view.try_reserve_exact(datagrams).map_err(|_| NO_MEMORY)?;
        Ok(Self(view))
    }

    /// Shows none: there is another completion.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// How many are shown.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Shows a batch. It has no more datagrams than there is room for.
    pub fn show(&mut self, batch: &ReceiveBatch) -> &[ww_datagram] {
        self.0.clear();
        self.0.extend(batch.iter().map(|datagram| of(&datagram)));
        &self.0
    }
}

fn of(datagram: &Received<'_>) -> ww_datagram {
    let octets = datagram.octets();
    ww_datagram {
        data: ww_span { data: octets.as_ptr(), len: octets.len() },
        peer: datagram.peer().as_ref().map_or(ww_address::NONE, ww_address::from),
        segment: u16::try_from(datagram.segment()).unwrap_or(0),
        ecn: datagram.ecn() as u8,
        cut: u8::from(datagram.is_cut()),
        reserved: 0,
    }
}
