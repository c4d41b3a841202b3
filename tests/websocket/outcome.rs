//! What becomes of octets, however they are cut.

use crate::line::Line;
use crate::wire::{hex, masked, octets, unmasked};

/// What became of octets, the same at every cut.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub log: Vec<String>,
    /// Frames written, without masks.
    pub out: String,
    pub is_closed: bool,
}

impl Outcome {
    /// `log` set off by `; `.
    pub fn assert(&self, log: &str, out: &str) {
        assert_eq!((self.log.join("; ").as_str(), self.out.as_str()), (log, out.replace(' ', "").as_str()));
    }
}

/// Feeds a server frames without masks, whole, octet by octet and at every cut.
pub fn serve(frames: &str, open: impl Fn() -> Line) -> Outcome {
    at_every_cut(&masked(&octets(frames)), false, open)
}

/// Feeds a client.
pub fn be_served(frames: &str, open: impl Fn() -> Line) -> Outcome {
    at_every_cut(&octets(frames), true, open)
}

pub fn at_every_cut(wire: &[u8], is_client: bool, open: impl Fn() -> Line) -> Outcome {
    let run = |pieces: &mut dyn Iterator<Item = &[u8]>| {
        let mut line = open();
        pieces.for_each(|piece| line.recv(piece));
        let out = line.take_out();
        let out = hex(&if is_client { unmasked(&out) } else { out });
        Outcome { log: std::mem::take(&mut line.log), out, is_closed: line.is_closed() }
    };
    let whole = run(&mut [wire].into_iter());
    assert_eq!(run(&mut wire.chunks(1 + wire.len() / 1000)), whole, "octet by octet");
    for at in (1..wire.len().min(24)).chain((24..wire.len()).step_by(1 + wire.len() / 200)) {
        assert_eq!(run(&mut [&wire[..at], &wire[at..]].into_iter()), whole, "cut at {at}");
    }
    whole
}
