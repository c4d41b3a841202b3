//! Compared with the standard library, at every cut.

use super::*;

/// The index of the first invalid octet, by the standard library; `Ok` is whether the text is complete.
fn expected(text: &[u8]) -> Result<bool, usize> {
    let Err(error) = core::str::from_utf8(text) else { return Ok(true) };
    let start = error.valid_up_to();
    match error.error_len() {
        None => Ok(false),
        // The standard library counts a lead and its valid continuation as wrong; we report the octet after them.
        Some(len) if matches!(text[start], 0xc2..=0xf4) => Err(start + len),
        Some(_) => Err(start),
    }
}

fn fed(pieces: &[&[u8]]) -> Result<bool, usize> {
    let mut state = Utf8::default();
    let mut before = 0;
    for piece in pieces {
        if let Err(at) = state.feed(piece) {
            assert!(!state.finish());
            assert_eq!(state.feed(b"a"), Err(0), "it goes on failing");
            return Err(before + at);
        }
        before += piece.len();
    }
    Ok(state.finish())
}

fn check(text: &[u8]) {
    let expected = expected(text);
    for cut in 0..=text.len() {
        assert_eq!(fed(&[&text[..cut], &text[cut..]]), expected, "{text:02x?} cut at {cut}");
    }
    let octets: Vec<&[u8]> = text.chunks(1).collect();
    assert_eq!(fed(&octets), expected, "{text:02x?} by octets");
}

/// On both sides of every edge of the grammar.
const EDGES: [u8; 22] = [
    0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xf0, 0xf1,
    0xf4, 0xf5, 0xff,
];

#[test]
fn every_two_octets() {
    for first in 0..=255 {
        for second in 0..=255 {
            check(&[first, second]);
        }
    }
}

#[test]
fn ws_msg_05_06_every_five_octets_on_the_edges() {
    let mut text = [0; 5];
    for number in 0..EDGES.len().pow(4) {
        let mut rest = number;
        for octet in &mut text[..4] {
            *octet = EDGES[rest % EDGES.len()];
            rest /= EDGES.len();
        }
        text[4] = if number % 2 == 0 { b'a' } else { 0x80 };
        check(&text);
    }
}

/// Long enough for vector code, with the octets in question at every place.
#[test]
fn long_texts_with_one_error() {
    let wrong: [&[u8]; 8] =
        [b"\xff", b"\x80", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xc3", b"\xf0\x9f\x98"];
    for wrong in wrong {
        for at in 0..140 {
            let mut text = "grüße, 世界 😀! ".repeat(9).into_bytes();
            while core::str::from_utf8(&text[..at]).is_err() {
                text.insert(0, b'x');
            }
            text.splice(at..at, wrong.iter().copied());
            let expected = expected(&text);
            for cut in [0, 1, at, at + 1, text.len() - 1] {
                assert_eq!(fed(&[&text[..cut], &text[cut..]]), expected, "{wrong:02x?} at {at}, cut at {cut}");
            }
            assert_ne!(fed(&[&text[..at + wrong.len()]]), Ok(true));
        }
    }
}

#[test]
fn ws_msg_05_fails_at_the_first_impossible_octet() {
    let text = b"\xce\xba\xcf\x8c\xcf\x83\xce\xbc\xce\xb5\xf4\x90";
    assert_eq!(fed(&[text]), Err(11));
    assert_eq!(fed(&[&text[..11], &text[11..]]), Err(11), "the lead may still become something");
}

#[test]
fn ws_msg_06_invalid_sequences() {
    for text in [&b"\xc0\x80"[..], b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xff", b"\xfe"] {
        assert!(fed(&[text]).is_err(), "{text:02x?}");
    }
}

#[test]
fn ws_msg_07_whole_at_the_end_and_split_before() {
    assert_eq!(fed(&[b"\xc3", b"", b"\xa9"]), Ok(true));
    assert_eq!(fed(&[b"\xc3"]), Ok(false));
    assert_eq!(fed(&[]), Ok(true));
}

#[test]
fn ws_msg_08_nul_bom_and_noncharacters_are_text() {
    for text in [&b"\x00"[..], b"\xef\xbb\xbf", b"\xef\xbf\xbf", b"\xef\xbf\xbe", b"\xf4\x8f\xbf\xbf"] {
        assert_eq!(fed(&[text]), Ok(true), "{text:02x?}");
    }
}

#[test]
fn the_state_is_small_and_zero_is_fresh() {
    assert!(size_of::<Utf8>() <= 8);
    assert_eq!(Utf8::default(), Utf8 { needed: 0, least: 0, most: 0 });
}
