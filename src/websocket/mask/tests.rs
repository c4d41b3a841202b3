//! Every leaf agrees with the RFC's formula at every length, alignment and offset.

use super::leaf::{Leaf, Pass, each};
use super::pass::{BLOCK, MaskInto, UnmaskIsAscii};
use super::*;

const KEY: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// RFC 6455 §5.3, literally.
fn masked(data: &[u8], key: [u8; 4], offset: u64) -> Vec<u8> {
    data.iter().zip(offset..).map(|(octet, at)| octet ^ key[(at % 4) as usize]).collect()
}

fn some_octets(len: usize) -> Vec<u8> {
    (0..len as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

#[test]
fn ws_frm_06_the_example_of_the_rfc_by_octets() {
    let mut data = [0x7f, 0x9f, 0x4d, 0x51, 0x58];
    for (at, octet) in data.chunks_mut(1).enumerate() {
        unmask(octet, KEY, at as u64);
    }
    assert_eq!(&data, b"Hello");
}

#[test]
fn ws_frm_06_every_length_place_and_offset() {
    for len in (0..300).chain([511, 512, 513, 640, 1024, 1100]) {
        let octets = some_octets(len + 64);
        for place in [0, 1, 2, 3, 17, 63] {
            let mut data = octets.clone();
            let offset = len as u64 * 7 + place as u64;
            unmask(&mut data[place..place + len], KEY, offset);
            let expected = masked(&octets[place..place + len], KEY, offset);
            assert_eq!(data[place..place + len], expected, "{len} octets at {place}");
            assert_eq!(data[..place], octets[..place], "before");
            assert_eq!(data[place + len..], octets[place + len..], "behind");
        }
    }
}

#[test]
fn the_offset_may_be_any() {
    let mut data = *b"some octets that are masked";
    unmask(&mut data, KEY, u64::MAX);
    assert_eq!(data[..], masked(b"some octets that are masked", KEY, 3));
}

/// Each leaf unmasks `plain` at `place` octets into a buffer, leaves the octets before it alone, and reports whether it
/// is ASCII.
#[track_caller]
fn check_leaves(plain: &[u8], place: usize) {
    /// Only the octets after the first `.0`.
    #[derive(Clone, Copy)]
    struct Behind(usize);

    impl Pass for Behind {
        type Output = bool;

        #[inline(always)]
        fn run<L: Leaf>(self, leaf: L, data: &mut [u8], key: Key) -> bool {
            UnmaskIsAscii.run(leaf, &mut data[self.0..], key)
        }
    }

    let before = &b"untouched".repeat(8)[..place];
    let data = [before, &masked(plain, KEY, 0)].concat();
    let ran = each(Behind(place), &data, Key::new(KEY));
    assert!(ran.len() >= 2 || cfg!(not(any(target_arch = "x86_64", target_arch = "aarch64"))));
    for (is_ascii, data) in ran {
        assert!(data == [before, plain].concat(), "{} octets at {place}", plain.len());
        assert_eq!(is_ascii, plain.is_ascii(), "{} octets", plain.len());
    }
}

#[test]
fn every_leaf_unmasks_and_checks_every_octet() {
    for len in (BLOCK..200).chain([511, 512, 575, 640, 1000]) {
        let ascii = b"a".repeat(len);
        for place in [0, 1, 31] {
            check_leaves(&ascii, place);
        }
        for odd in (0..len).step_by(if len < 200 { 1 } else { 13 }) {
            check_leaves(&[&ascii[..odd], b"\x80", &ascii[odd + 1..]].concat(), 5);
        }
    }
}

#[test]
fn every_leaf_makes_a_masked_copy() {
    for len in (BLOCK..200).chain([511, 512, 1000]) {
        let from = some_octets(len);
        for (_, to) in each(MaskInto(&from), &vec![0; len], Key::new(KEY)) {
            assert!(to == masked(&from, KEY, 0), "{len} octets");
        }
    }
}

/// Masks `text`, cuts it in two, and checks where validation fails and what was unmasked before.
#[track_caller]
fn check_text(text: &[u8], cut: usize, bad: Option<usize>) {
    let mut data = masked(text, KEY, 1);
    let (one, other) = data.split_at_mut(cut);
    let mut state = Utf8::default();
    let result = unmask_text(one, KEY, 1, &mut state).and_then(|()| {
        let result = unmask_text(other, KEY, 1 + cut as u64, &mut state);
        result.map_err(|at| cut + at)
    });
    assert_eq!(result.err(), bad, "cut at {cut} of {}", text.len());
    let plain = bad.unwrap_or(text.len());
    assert!(data[..plain] == text[..plain], "cut at {cut} of {}", text.len());
}

#[test]
fn ws_msg_05_text_is_validated_as_it_is_unmasked() {
    for len in [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 200, 700] {
        let text = "naïve — 😀 ".repeat(50).into_bytes();
        let text = &text[..len];
        let bad = [text, b"\xff", &[b'a'; 70]].concat();
        let open = core::str::from_utf8(text).map_or_else(|error| error.valid_up_to(), |_| len);
        for cut in 0..=len {
            check_text(&text[..open], cut.min(open), None);
            check_text(&bad, cut, Some(len));
        }
    }
}

#[test]
fn every_octet_of_a_text_is_checked() {
    for len in 1..200 {
        for odd in 0..len {
            let text = [b"a".repeat(odd), vec![0xff], b"a".repeat(len - odd - 1)].concat();
            check_text(&text, 0, Some(odd));
        }
    }
}

#[test]
fn a_sequence_begun_is_not_forgotten_before_ascii() {
    let mut state = Utf8::default();
    assert_eq!(unmask_text(&mut masked(b"\xc3", KEY, 0), KEY, 0, &mut state), Ok(()));
    assert_eq!(unmask_text(&mut masked(&[b'a'; 100], KEY, 1), KEY, 1, &mut state), Err(0));
}

#[test]
fn long_texts_go_in_pieces() {
    for len in [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
        let ascii = b"a".repeat(len);
        let mut mixed: Vec<u8> = "aé".bytes().cycle().take(len / 3 * 3).collect();
        check_text(&ascii, 0, None);
        check_text(&mixed, 2, None);
        for bad in [0, 3 * (PIECE / 3 - 1), mixed.len() - 3] {
            mixed[bad] = 0xff;
            check_text(&mixed, 0, Some(bad));
            mixed[bad] = b'a';
        }
    }
}

#[test]
fn ws_frm_03_a_masked_copy() {
    for len in [0, 1, 63, 64, 1000, PIECE, PIECE + 3] {
        let from = some_octets(len);
        let mut to = vec![0; len];
        mask_into(&from, &mut to, KEY, 2);
        assert!(to == masked(&from, KEY, 2), "{len} octets");
    }
}

/// Every length around word sizes, with one non-ASCII octet at every place.
#[test]
fn a_copy_checks_every_octet() {
    for len in 0..140 {
        for at in 0..=len {
            for odd in [0, 0x7f, 0x80, 0xff] {
                let mut from = b"a".repeat(len);
                if let Some(octet) = from.get_mut(at) {
                    *octet = odd;
                }
                let mut to = vec![0xee; len];
                assert_eq!(copy_is_ascii(&from, &mut to), from.is_ascii(), "{odd:#x} at {at} of {len}");
                assert_eq!(to, from, "{odd:#x} at {at} of {len}");
            }
        }
    }
}
