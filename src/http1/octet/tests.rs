//! Compares the table with the RFCs, and the wide checks with the table.

use super::*;
use crate::random::Random;

/// The character sets as the RFCs spell them.
#[test]
fn the_table_agrees_with_the_rfcs() {
    let unreserved = |c: u8| c.is_ascii_alphanumeric() || b"-._~".contains(&c);
    for c in 0..=255u8 {
        assert_eq!(is(c, TCHAR), c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c), "tchar {c:#x}");
        assert_eq!(is(c, TEXT), c == 9 || (c >= 0x20 && c != 0x7f), "text {c:#x}");
        assert_eq!(is(c, HEXDIG), c.is_ascii_hexdigit(), "hexdig {c:#x}");
        assert_eq!(is(c, URI), unreserved(c) || b"!$&'()*+,;=".contains(&c), "uri {c:#x}");
        assert_eq!(is(c, HOST_NAME), is(c, URI) && c != b',', "host name {c:#x}");
        assert_eq!(is(c, PATH), unreserved(c) || b"!$&'()*+,;=:@/?".contains(&c), "path {c:#x}");
        assert_eq!(hex(c) as u32, (c as char).to_digit(16).unwrap_or(0xff), "hex {c:#x}");
    }
}

#[test]
fn h1_tgt_02_the_table_agrees_with_the_url_standard() {
    for c in 0..=255u8 {
        let graphic = (0x21..=0x7e).contains(&c);
        assert_eq!(is(c, TARGET_PATH), graphic && !b"\"#<>?`{}\\".contains(&c), "path of a browser {c:#x}");
        assert_eq!(is(c, TARGET_QUERY), graphic && !b"\"#<>".contains(&c), "query of a browser {c:#x}");
    }
}

#[test]
fn ldh_hosts_are_letters_digits_dots_and_hyphens() {
    for (at, c) in (0..20).flat_map(|at| (0..=255u8).map(move |c| (at, c))) {
        let mut host = *b"www.example-9.com.Za";
        host[at] = c;
        assert_eq!(is_ldh_host(&host), c.is_ascii_alphanumeric() || b"-.".contains(&c), "{c:#x} at {at}");
    }
    assert!(is_ldh_host(b"a.b.") && !is_ldh_host(b"abc") && !is_ldh_host(b""));
}

/// Every octet at every place of a text longer than two words, to cover the wide and the narrow path.
#[test]
fn the_wide_checks_agree_with_the_table() {
    for at in 0..20 {
        for c in 0..=255u8 {
            let mut name = *b"Content-Type-X-Y-Z-a";
            name[at] = c;
            assert_eq!(is_token(&name), is(c, TCHAR), "name {c:#x} at {at}");
            let mut value = *b"text/plain; charset=";
            value[at] = c;
            assert_eq!(is_text(&value), is(c, TEXT), "value {c:#x} at {at}");
            // Neighbours of a lane that is all ones or about to carry.
            let mut value = [0x7e; 20];
            value[at] = c;
            assert_eq!(is_text(&value), is(c, TEXT), "value {c:#x} at {at} among tildes");
        }
    }
    for len in 1..12 {
        for (at, c) in (0..len).flat_map(|at| (0..=255u8).map(move |c| (at, c))) {
            let mut text = [b'-'; 12];
            text[at] = c;
            assert_eq!(is_token(&text[..len]), is(c, TCHAR), "name {c:#x} at {at} of {len}");
            assert_eq!(is_text(&text[..len]), is(c, TEXT), "value {c:#x} at {at} of {len}");
        }
    }
    assert!(!is_token(b""));
    assert!(is_text(b""));
}

/// Octets at the edges of the classes, and those that case folding or a carry could turn into one of them.
const EDGES: &[u8] = b"\0\t\n\r\x1f !\"#%&'()*+,-./09:;<@AMZ[\\]^_`amz{|}~\x7f\x80\x8d\xa0\xad\xc1\xda\xe1\xfa\xfe\xff";

fn by_octets(text: &[u8]) -> [bool; 3] {
    let all = |is_well: fn(u8) -> bool| text.iter().all(|&octet| is_well(octet));
    let is_ldh_host = text.len() >= 4 && all(|c| c.is_ascii_alphanumeric() || b"-.".contains(&c));
    [!text.is_empty() && all(|c| is(c, TCHAR)), all(|c| is(c, TEXT)), is_ldh_host]
}

#[track_caller]
fn check_both_ways(text: &[u8]) {
    let wide = [is_token(text), is_text(text), is_ldh_host(text)];
    assert_eq!(wide, by_octets(text), "{} octets: {}", text.len(), text.escape_ascii());
}

/// Every length around word sizes, with one odd octet at every place among octets next to the edges.
#[test]
fn words_and_octets_agree_at_every_length() {
    for len in 0..=70 {
        for around in [b'-', b'z', b'~', b'A', 0x7f, 0xff] {
            let mut text = vec![around; len];
            check_both_ways(&text);
            for at in 0..len {
                for &edge in EDGES {
                    text[at] = edge;
                    check_both_ways(&text);
                }
                text[at] = around;
            }
        }
    }
}

/// Several odd octets: the sum of one lane must not hide the flaw of another.
#[test]
fn words_and_octets_agree_about_any_octets() {
    let mut random = Random::new(1);
    let mut below = |end: usize| random.below(end);
    for _ in 0..20_000 {
        let len = below(34);
        let odd = below(4);
        let mut text = vec![b"-zZ.~ "[below(6)]; len];
        for _ in 0..odd.min(len) {
            text[below(len)] = EDGES[below(EDGES.len())];
        }
        check_both_ways(&text);
        let mut other = text.clone();
        assert!(same(&text, &other));
        if len > 0 {
            other[below(len)] ^= 1 << below(8);
            assert!(!same(&text, &other), "{}", text.escape_ascii());
            assert!(!same(&text, &text[1..]) && !same(&text[1..], &text));
        }
    }
}
