//! Two tables of 16 that classify every octet: what the low half allows, and what the high half asks for.
//!
//! Each bit stands for rows of the ASCII chart (a row is one high half); an octet is in a class when its low half's
//! entry and its row's entry share a bit of that class. Both lookups give 0 for octets from 0x80.

use super::super::octet::{self, TARGET, TOKEN};

/// Bits from here on up mean CONTROL, those below it TOKEN.
pub(super) const CONTROL_FROM: u8 = 0x20;

/// What an octet's low and high half say about [`Masks`](super::Masks).
///
/// Eight bits must do for nine patterns: row 6 of the tokens (all sixteen) is the union of rows 3 and 4.
pub(super) const LINE: ([u8; 16], [u8; 16]) = {
    const ROWS: [u8; 5] = [2, 3, 4, 5, 7];
    let mut low = by_row(&ROWS, TOKEN);
    let mut half = 0;
    while half < 16 {
        // Row 0 is control but for HTAB, row 1 all of it, and of row 7 the last one (DEL).
        low[half] |= if half == 9 { 0x40 } else { 0x60 } | if half == 15 { 0x80 } else { 0 };
        half += 1;
    }
    (low, [0x20, 0x40, 0x01, 0x02, 0x04, 0x08, 0x06, 0x90, 0, 0, 0, 0, 0, 0, 0, 0])
};

/// What an octet's low and high half say about targets: not 0 when both are well.
pub(super) const IN_TARGET: ([u8; 16], [u8; 16]) =
    (by_row(&[2, 3, 4, 5, 6, 7], TARGET), [0, 0, 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0, 0, 0, 0, 0, 0, 0, 0]);

/// For each low half: bit n when the octet of that half in `rows[n]` is of `class`.
const fn by_row(rows: &[u8], class: u8) -> [u8; 16] {
    let classes = octet::classes();
    let mut low = [0; 16];
    let mut row = 0;
    while row < rows.len() {
        let mut half = 0;
        while half < 16 {
            if classes[rows[row] as usize * 16 + half] & class != 0 {
                low[half] |= 1 << row;
            }
            half += 1;
        }
        row += 1;
    }
    low
}
