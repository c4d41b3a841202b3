//! UTF-8 as it arrives (RFC 6455 §8.1, RFC 3629), cut anywhere.
//!
//! Whole sequences are the business of the crate `simdutf8`; here is what is cut between two pieces, and where exactly the first
//! octet is that cannot be.

#[cfg(test)]
mod tests;

/// How far a text has come. The default is before its first octet.
///
/// It holds no octets: only what the next one may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Utf8 {
    /// Octets that the sequence begun still needs.
    needed: u8,
    /// What the next one of them is at least, and at most.
    least: u8,
    most: u8,
}

/// No octet is within: a text that failed goes on failing.
const FAILED: Utf8 = Utf8 { needed: 1, least: 1, most: 0 };

impl Utf8 {
    /// Looks at the next octets of the text.
    ///
    /// Fails with the index in `input` of the first octet that no text can go on with after those before it (WS-MSG-05), and from
    /// then on fails at the first octet of every input. Cuts make no difference.
    ///
    /// Never allocates, copies or changes anything. Linear; ASCII and whole sequences go by in blocks. Source: RFC 3629 §4.
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

    /// Whether the text may end here: no sequence is left open, and none was wrong (WS-MSG-07).
    #[inline]
    pub const fn finish(&self) -> bool {
        self.needed == 0
    }

    /// Takes what the sequence begun still needs; returns how much that was.
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
        // Not what two octets could say, and no surrogates.
        0xe0 => needs(2, 0xa0, 0xbf),
        0xed => needs(2, 0x80, 0x9f),
        0xe1..=0xef => needs(2, 0x80, 0xbf),
        // Not what three octets could say, and nothing above 10FFFF.
        0xf0 => needs(3, 0x90, 0xbf),
        0xf4 => needs(3, 0x80, 0x8f),
        0xf1..=0xf3 => needs(3, 0x80, 0xbf),
        _ => FAILED,
    }
}

const fn needs(needed: u8, least: u8, most: u8) -> Utf8 {
    Utf8 { needed, least, most }
}

/// Octets of the sequence that `input` ends within; 0 when it ends between two, or in what is none.
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
