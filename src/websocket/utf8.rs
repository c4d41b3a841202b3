//! Incremental UTF-8 validation (RFC 6455 §8.1, RFC 3629), for input cut anywhere.
//!
//! The crate `simdutf8` validates complete sequences. This module handles sequences cut between two pieces, and locates
//! the first invalid octet.

#[cfg(test)]
mod tests;

/// The state of validation. The default is the start of a text.
///
/// It stores no octets, only what the next one may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Utf8 {
    /// Octets still needed by the current sequence.
    needed: u8,
    /// The range of the next octet.
    least: u8,
    most: u8,
}

/// An empty range: a text that failed keeps failing.
const FAILED: Utf8 = Utf8 { needed: 1, least: 1, most: 0 };

impl Utf8 {
    /// Validates the next octets of the text.
    ///
    /// Fails with the index in `input` of the first octet that cannot continue any valid text (WS-MSG-05); after that,
    /// every input fails at its first octet. The result does not depend on cuts.
    ///
    /// Never allocates or copies. Linear; complete sequences are validated in blocks. Source: RFC 3629 §4.
    #[inline(never)]
    pub fn feed(&mut self, input: &[u8]) -> Result<(), usize> {
        let begun = self.finish_sequence(input)?;
        let rest = &input[begun..];
        let (whole, end) = rest.split_at(rest.len() - unfinished(rest));
        if simdutf8::basic::from_utf8(whole).is_err() {
            self.octets(whole).map_err(|at| begun + at)?;
        }
        self.octets(end).map_err(|at| begun + whole.len() + at)
    }

    /// Whether the text may end here: no sequence is incomplete, and none was invalid (WS-MSG-07).
    #[inline]
    pub const fn finish(&self) -> bool {
        self.needed == 0
    }

    /// Consumes the rest of the current sequence and returns its length.
    fn finish_sequence(&mut self, input: &[u8]) -> Result<usize, usize> {
        let begun = input.len().min(self.needed.into());
        self.octets(&input[..begun])?;
        Ok(begun)
    }

    fn octets(&mut self, octets: &[u8]) -> Result<(), usize> {
        for (at, &octet) in octets.iter().enumerate() {
            *self = self.after(octet);
            if *self == FAILED {
                return Err(at);
            }
        }
        Ok(())
    }

    const fn after(self, octet: u8) -> Self {
        if self.needed == 0 {
            return begin(octet);
        }
        let is_within = self.least <= octet && octet <= self.most;
        if is_within { needs(self.needed - 1, 0x80, 0xbf) } else { FAILED }
    }
}

/// The grammar of RFC 3629 §4: what must follow the first octet of a sequence.
const fn begin(octet: u8) -> Utf8 {
    match octet {
        0x00..=0x7f => needs(0, 0, 0),
        0xc2..=0xdf => needs(1, 0x80, 0xbf),
        // No overlong forms, no surrogates.
        0xe0 => needs(2, 0xa0, 0xbf),
        0xed => needs(2, 0x80, 0x9f),
        0xe1..=0xef => needs(2, 0x80, 0xbf),
        // No overlong forms, nothing above U+10FFFF.
        0xf0 => needs(3, 0x90, 0xbf),
        0xf4 => needs(3, 0x80, 0x8f),
        0xf1..=0xf3 => needs(3, 0x80, 0xbf),
        _ => FAILED,
    }
}

const fn needs(needed: u8, least: u8, most: u8) -> Utf8 {
    Utf8 { needed, least, most }
}

/// The number of octets of an incomplete sequence at the end of `input`; 0 if there is none.
fn unfinished(input: &[u8]) -> usize {
    let last = input.iter().rev().take(3);
    let Some((back, &lead)) = last.enumerate().find(|(_, octet)| !matches!(octet, 0x80..=0xbf)) else { return 0 };
    let needed = match lead {
        0xc0..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0.. => 3,
        _ => 0,
    };
    if needed > back { back + 1 } else { 0 }
}
