//! Two tables of 16 entries that classify every octet by its low and high half.
//!
//! Each bit stands for rows of the ASCII chart (a row is one high half). An octet is in a class if the entries of its
//! low half and of its row share a bit of the class. Both lookups return 0 from 0x80.

use super::super::octet::{self, TARGET, TOKEN};

/// Bits from this one up mean CONTROL, those below TOKEN.
pub(super) const CONTROL_FROM: u8 = 0x20;

/// Entries of the low and high half for [`Masks`](super::Masks).
///
/// Nine patterns share eight bits: row 6 of the tokens (all sixteen) is the union of rows 3 and 4.
pub(super) const LINE: ([u8; 16], [u8; 16]) = {
    const ROWS: [u8; 5] = [2, 3, 4, 5, 7];
    let mut low = by_row(&ROWS, TOKEN);
    let mut half = 0;
    while half < 16 {
        // Row 0 is all controls except HTAB, row 1 all controls; in row 7 only the last (DEL) is one.
        low[half] |= if half == 9 { 0x40 } else { 0x60 } | if half == 15 { 0x80 } else { 0 };
        half += 1;
    }
    (low, [0x20, 0x40, 0x01, 0x02, 0x04, 0x08, 0x06, 0x90, 0, 0, 0, 0, 0, 0, 0, 0])
};

/// Entries of the low and high half for targets: allowed if the two share a bit.
pub(super) const IN_TARGET: ([u8; 16], [u8; 16]) =
    (by_row(&[2, 3, 4, 5, 6, 7], TARGET), [0, 0, 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0, 0, 0, 0, 0, 0, 0, 0]);

/// For each low half: bit n if its octet in `rows[n]` is of `class`.
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
