//! Octet classes: the one definition from which the tables of all leaves are built.

use crate::http1::octet::{TARGET_PATH, TARGET_QUERY};

/// Allowed in a token (RFC 9110 §5.6.2).
pub(super) const TOKEN: u8 = 1;
/// Not allowed in a field value: a control other than HTAB (RFC 9110 §5.5).
pub(super) const CONTROL: u8 = 2;
/// Allowed in path and query of a request target by the browser rule, and does not end the path.
pub(super) const TARGET: u8 = 4;
/// HEXDIG, any case.
pub(super) const HEX: u8 = 8;

static CLASSES: [u8; 256] = classes();

/// Whether `octet` has one of the given classes.
#[inline(always)]
pub(super) const fn is(octet: u8, class: u8) -> bool {
    CLASSES[octet as usize] & class != 0
}

/// The classes of every octet.
pub(super) const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = class(crate::narrow::octet(octet));
        octet += 1;
    }
    table
}

const fn class(octet: u8) -> u8 {
    let unreserved = octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~');
    let token = unreserved || matches!(octet, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'^' | b'`' | b'|');
    let target =
        crate::http1::octet::is(octet, TARGET_PATH) && crate::http1::octet::is(octet, TARGET_QUERY) || octet == b'?';
    (if token { TOKEN } else { 0 })
        | (if octet.is_ascii_control() && octet != b'\t' { CONTROL } else { 0 })
        | (if target { TARGET } else { 0 })
        | (if octet.is_ascii_hexdigit() { HEX } else { 0 })
}
