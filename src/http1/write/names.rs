//! The field names with a meaning for the writer.

use super::facts::FieldFacts;

/// The [`FieldFacts`] bit of a field name, or 0.
#[inline(always)]
pub(super) fn known(name: &[u8]) -> u32 {
    match BY_LENGTH.get(name.len()) {
        None | Some([]) => 0,
        Some(known) => find(known, name),
    }
}

/// Whether a field is not allowed in a trailer section (H1-TRAIL-03, -04; RFC 9110 §6.5.1): one that frames, routes,
/// authenticates or describes the content. Dropped on receipt, refused when sent.
pub fn is_forbidden_trailer(name: &[u8]) -> bool {
    let content = name.split_at_checked(8).is_some_and(|(start, _)| start.eq_ignore_ascii_case(b"content-"));
    content || FORBIDDEN_TRAILERS.iter().any(|forbidden| name.eq_ignore_ascii_case(forbidden))
}

/// In addition to all names that start with `content-`.
static FORBIDDEN_TRAILERS: [&[u8]; 9] = [
    b"authorization",
    b"connection",
    b"cookie",
    b"expect",
    b"host",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
];

type Known = &'static [(&'static [u8], u32)];

#[inline(never)]
fn find(known: Known, name: &[u8]) -> u32 {
    let known = known.iter().find(|(text, _)| name[0] | 0x20 == text[0] && name.eq_ignore_ascii_case(text));
    known.map_or(0, |&(_, fact)| fact)
}

/// Known names by length, which alone excludes most other names.
static BY_LENGTH: [Known; 19] = {
    let mut table: [Known; 19] = [&[]; 19];
    table[2] = &[(b"te", FieldFacts::TE)];
    table[4] = &[(b"date", FieldFacts::DATE), (b"host", FieldFacts::HOST)];
    table[5] = &[(b"allow", FieldFacts::ALLOW)];
    table[6] = &[(b"expect", FieldFacts::EXPECT)];
    table[7] = &[(b"upgrade", FieldFacts::UPGRADE), (b"trailer", FieldFacts::TRAILER)];
    table[10] = &[(b"connection", FieldFacts::CONNECTION)];
    table[14] = &[(b"content-length", FieldFacts::LENGTH)];
    table[16] = &[(b"www-authenticate", FieldFacts::WWW_AUTHENTICATE)];
    table[17] = &[(b"transfer-encoding", FieldFacts::CHUNKED)];
    table[18] = &[(b"proxy-authenticate", FieldFacts::PROXY_AUTHENTICATE)];
    table
};
