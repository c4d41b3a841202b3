//! Octet classes in one table, and the two checks of every field sent.
//!
//! Uses nothing. Never allocates.

/// Allowed in a token (RFC 9110 §5.6.2).
pub const TCHAR: u8 = 1 << 0;
/// Allowed in a field value or a reason phrase: HTAB, SP, VCHAR, obs-text (RFC 9110 §5.5).
pub const TEXT: u8 = 1 << 1;
/// A hexadecimal digit.
pub const HEXDIG: u8 = 1 << 2;
/// unreserved or sub-delims (RFC 3986 §2.2, §2.3).
pub const URI: u8 = 1 << 3;
/// Allowed in path and query: pchar except `%`, and `/` and `?` (RFC 3986 §3.3, §3.4).
pub const PATH: u8 = 1 << 4;

/// Allowed in the path of a target by the browser rule: a graphic octet that is not in the path percent-encode set (URL
/// Standard §1.3). Neither `?`, which ends the path, nor a backslash, which browsers read as a slash.
pub const TARGET_PATH: u8 = 1 << 6;
/// Allowed in the query of a target by the browser rule: a graphic octet that is not in the query percent-encode set.
pub const TARGET_QUERY: u8 = 1 << 7;

/// Allowed in a host name or an IPv4 literal in practice: unreserved or sub-delims except the comma.
pub const HOST_NAME: u8 = 1 << 5;

/// Whether `octet` has any of `classes`.
#[inline(always)]
pub const fn is(octet: u8, classes: u8) -> bool {
    CLASSES[octet as usize] & classes != 0
}

/// The value of a hexadecimal digit; above 15 for any other octet.
#[inline(always)]
pub const fn hex(octet: u8) -> u8 {
    HEX[octet as usize]
}

/// The index of the first octet of `text` with none of `classes`.
#[inline]
pub fn find_other(text: &[u8], classes: u8) -> Option<usize> {
    text.iter().position(|&octet| !is(octet, classes))
}

/// Whether `name` is a token.
#[inline]
pub fn is_token(name: &[u8]) -> bool {
    all_words(name, non_name_lanes) || (!name.is_empty() && find_other(name, TCHAR).is_none())
}

/// Whether `value` has no control except HTAB.
#[inline]
pub fn is_text(value: &[u8]) -> bool {
    all_words(value, non_value_lanes) || find_other(value, TEXT).is_none()
}

/// Whether `host` consists of letters, digits, dots and hyphens, as most names and IPv4 literals do. `false` below four
/// octets.
#[inline(always)]
pub fn is_ldh_host(host: &[u8]) -> bool {
    all_words(host, non_host_lanes)
}

/// Whether two texts are equal. Compares 8 to 16 octets as two overlapping words, which is cheaper than a call.
#[inline(always)]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if !(8..=16).contains(&one.len()) {
        return one == other;
    }
    let words = (one.first_chunk::<8>(), one.last_chunk::<8>(), other.first_chunk::<8>(), other.last_chunk::<8>());
    matches!(words, (Some(first), Some(last), Some(start), Some(end)) if first == start && last == end)
}

const ONES: u64 = 0x0101_0101_0101_0101;
/// The high bit of every lane marks a flaw.
pub const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Whether `flaws` leaves the high bit of every lane clear, for all words of `text`: eight octets each, the last ones
/// overlapping. `false` below four octets.
#[inline(always)]
fn all_words(text: &[u8], flaws: impl Fn(u64) -> u64) -> bool {
    let found = if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let ends = flaws(u64::from_le_bytes(*first)) | flaws(u64::from_le_bytes(*last));
        if text.len() > 16 { ends | inner_words(text, flaws) } else { ends }
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        flaws(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32)
    } else {
        HIGHS
    };
    found & HIGHS == 0
}

/// Not inlined, so that only long texts pay for its vector constants.
#[inline(never)]
fn inner_words(text: &[u8], flaws: impl Fn(u64) -> u64) -> u64 {
    text.as_chunks::<8>().0.iter().fold(0, |found, word| found | flaws(u64::from_le_bytes(*word)))
}

/// Sets the high bit of every lane that is neither a letter nor a hyphen. If all high bits are clear, no sum carries
/// into the next lane; set ones stay set.
#[inline(always)]
pub fn non_name_lanes(word: u64) -> u64 {
    let folded = word | (0x20 * ONES);
    let from_a = folded.wrapping_add((0x80 - 0x61) * ONES);
    let past_z = folded.wrapping_add((0x80 - 0x7b) * ONES);
    let not_hyphen = (word ^ (0x2d * ONES)).wrapping_add(0x7f * ONES);
    ((past_z | !from_a) & not_hyphen) | word
}

/// Sets the high bit of every lane that is not a letter, hyphen, dot or digit (0x2d..=0x39 without the slash);
/// likewise.
#[inline(always)]
fn non_host_lanes(word: u64) -> u64 {
    let folded = word | (0x20 * ONES);
    let not_letter = folded.wrapping_add((0x80 - 0x7b) * ONES) | !folded.wrapping_add((0x80 - 0x61) * ONES);
    let from_hyphen = word.wrapping_add((0x80 - 0x2d) * ONES);
    let past_nine = word.wrapping_add((0x80 - 0x3a) * ONES);
    let not_slash = (word ^ (0x2f * ONES)).wrapping_add(0x7f * ONES);
    (not_letter & (past_nine | !from_hyphen | !not_slash)) | word
}

/// Sets the high bit of every lane that is not 0x20..=0x7e; likewise.
#[inline(always)]
pub fn non_value_lanes(word: u64) -> u64 {
    let from_space = word.wrapping_add((0x80 - 0x20) * ONES);
    let past_tilde = word.wrapping_add(ONES);
    word | !from_space | past_tilde
}

const HEX: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = match crate::narrow::octet(octet) {
            c @ b'0'..=b'9' => c - b'0',
            c @ b'a'..=b'f' => c - b'a' + 10,
            c @ b'A'..=b'F' => c - b'A' + 10,
            _ => 0xff,
        };
        octet += 1;
    }
    table
};

const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = classes_of(crate::narrow::octet(octet));
        octet += 1;
    }
    table
};

const fn classes_of(octet: u8) -> u8 {
    let own = match octet {
        b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => TCHAR | HEXDIG | URI | PATH,
        b'g'..=b'z' | b'G'..=b'Z' | b'-' | b'.' | b'_' | b'~' => TCHAR | URI | PATH,
        b'!' | b'$' | b'&' | b'\'' | b'*' | b'+' => TCHAR | URI | PATH,
        b'#' | b'%' | b'^' | b'`' | b'|' => TCHAR,
        b'(' | b')' | b',' | b';' | b'=' => URI | PATH,
        b':' | b'@' | b'/' | b'?' => PATH,
        _ => 0,
    };
    let host_name = if own & URI != 0 && octet != b',' { HOST_NAME } else { 0 };
    let text = matches!(octet, b'\t' | 0x20..=0x7e | 0x80..);
    own | host_name | browser_classes(octet) | if text { TEXT } else { 0 }
}

const fn browser_classes(octet: u8) -> u8 {
    match octet {
        b'"' | b'#' | b'<' | b'>' => 0,
        b'?' | b'`' | b'{' | b'}' | b'\\' => TARGET_QUERY,
        0x21..=0x7e => TARGET_PATH | TARGET_QUERY,
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
