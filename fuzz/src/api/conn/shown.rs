//! Output that was shown: it keeps address and content until it is sent.

use super::handle::{Handle, PIECES_MAX};

struct Piece {
    at: *const u8,
    copy: Vec<u8>,
}

/// What was shown and is not sent, from the first octet on.
#[derive(Default)]
pub struct Shown {
    pieces: Vec<Piece>,
}

impl Shown {
    /// Asks for the output; answers how many octets it shows now.
    pub fn update(&mut self, handle: &Handle, cap: usize) -> usize {
        self.check();
        let pieces = handle.output(cap);
        let len = pieces.iter().map(|&(_, len)| len).sum();
        if len == 0 {
            return 0;
        }
        let now = pieces.iter().flat_map(|&(at, len)| (0..len).map(move |i| at.wrapping_add(i)));
        assert!(self.addresses().zip(now).all(|(before, now)| before == now), "output has moved before it was sent");
        if len > self.len() {
            self.pieces = pieces.into_iter().map(|(at, len)| Piece { at, copy: octets(at, len).to_vec() }).collect();
        }
        len
    }

    fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.copy.len()).sum()
    }

    fn addresses(&self) -> impl Iterator<Item = *const u8> {
        self.pieces.iter().flat_map(|piece| (0..piece.copy.len()).map(|i| piece.at.wrapping_add(i)))
    }

    pub fn check(&self) {
        for piece in &self.pieces {
            assert!(octets(piece.at, piece.copy.len()) == piece.copy, "output has changed before it was sent");
        }
    }

    /// Takes the first `len` octets away, which are about to be sent.
    pub fn take(&mut self, len: usize) -> Vec<u8> {
        self.check();
        let mut taken = Vec::with_capacity(len);
        while taken.len() < len {
            let first = &mut self.pieces[0];
            let part = (len - taken.len()).min(first.copy.len());
            taken.extend(first.copy.drain(..part));
            first.at = first.at.wrapping_add(part);
            if first.copy.is_empty() {
                self.pieces.remove(0);
            }
        }
        taken
    }

    /// It need not stay any longer.
    pub fn forget(&mut self) {
        self.pieces.clear();
    }
}

/// Whether output that is queued lies in `range`.
pub fn has_output_in(handle: &Handle, range: std::ops::Range<*const u8>) -> bool {
    handle.output(PIECES_MAX).iter().any(|&(at, len)| at < range.end && range.start < at.wrapping_add(len))
}

fn octets<'a>(at: *const u8, len: usize) -> &'a [u8] {
    // SAFETY: shown by the library, which keeps it as it is until it is sent.
    unsafe { std::slice::from_raw_parts(at, len) }
}
