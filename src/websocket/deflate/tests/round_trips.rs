use super::*;
use crate::error::Code;

/// Messages of all kinds, cut into pieces, through small and large outputs.
fn there_and_back(bits: u8, level: u8, takeover: bool) {
    let mut noise = Noise::new(1 + u64::from(bits) * 100 + u64::from(level) * 2 + u64::from(takeover));
    let (mut deflater, mut inflater) = (deflater(bits, level), inflater(bits));
    for round in 0..25 {
        let largest = [40, 3000, 70_000][round % 3];
        let len = noise.below(largest);
        let content = noise.content(len, [2, 60, 256][round / 3 % 3], [0, 10][round % 2]);
        let (first, rest) = content.split_at(noise.below(len + 1));
        let (second, third) = rest.split_at(noise.below(rest.len() + 1));
        let payload = deflate(&mut deflater, &[first, second, third], 16 + noise.below(5000));
        assert!(payload.len() <= Deflater::bound(len), "{len} octets became {}", payload.len());
        let (first, rest) = payload.split_at(noise.below(payload.len() + 1));
        let back = inflate(&mut inflater, &[first, rest], 1 + noise.below(5000));
        assert_eq!(back.as_ref(), Ok(&content), "round {round}: {bits} bits, level {level}");
        if !takeover {
            deflater.reset();
            inflater.reset(bits);
        }
    }
}

#[test]
fn ws_pmd_04_messages_come_back_whatever_the_window() {
    for bits in 8..=15 {
        for takeover in [true, false] {
            there_and_back(bits, 6, takeover);
        }
    }
}

#[test]
fn ws_pmd_04_messages_come_back_whatever_the_level() {
    for level in 1..=9 {
        there_and_back([9, 15][usize::from(level % 2)], level, true);
        there_and_back(8, level, true);
    }
}

#[test]
fn ws_pmd_03_the_tail_is_stripped_in_any_room() {
    for room in 16..80 {
        let mut deflater = deflater(15, 6);
        let content = Noise::new(room as u64).content(room * 3, 256, 10);
        let payload = deflate(&mut deflater, &[&content], room);
        assert_eq!(inflate(&mut inflater(15), &[&payload], 1000).as_ref(), Ok(&content), "{room}");
        assert!(payload.len() <= Deflater::bound(content.len()));
    }
    assert_eq!(deflate(&mut deflater(15, 6), &[b"Hello"], 100), hex("f248cdc9c90700"));
    // Each piece can be inflated on arrival: the first ends with the block that the last omits (RFC 7692 §7.2.3.1).
    assert_eq!(deflate(&mut deflater(15, 6), &[b"He", b"", b"llo", b""], 16), hex("f24805000000ffffcac9c90700"));
}

#[test]
fn ws_pmd_03_too_little_room_is_refused_and_nothing_lost() {
    let mut deflater = deflater(9, 6);
    let error = deflater.deflate(b"Hello", &mut [0; 15], true).unwrap_err();
    assert_eq!(error.code(), Code::Buffer);
    assert_eq!(deflate(&mut deflater, &[b"Hello"], 16), hex("f248cdc9c90700"));
}

#[test]
fn ws_ext_10_a_reset_compressor_forgets_the_message_before() {
    let mut deflater = deflater(15, 6);
    assert_eq!(deflate(&mut deflater, &[b"Hello"], 100), hex("f248cdc9c90700"));
    assert_eq!(deflate(&mut deflater, &[b"Hello"], 100), hex("f200110000"));
    deflater.reset();
    assert_eq!(deflate(&mut deflater, &[b"Hello"], 100), hex("f248cdc9c90700"));
}

#[test]
fn ws_pmd_05_an_empty_message_is_one_octet() {
    let mut deflater = deflater(15, 6);
    for pieces in [&[&b""[..]][..], &[b"", b""]] {
        assert_eq!(deflate(&mut deflater, pieces, 16), [0]);
        deflate(&mut deflater, &[b"Hello"], 100);
        assert_eq!(deflate(&mut deflater, pieces, 16), [0]);
    }
}

#[test]
fn ws_pmd_03_numbers_out_of_range_are_refused() {
    for (bits, level) in [(7, 6), (16, 6), (15, 0), (15, 10)] {
        assert!(Deflater::new(&heap(), bits, level).is_err());
    }
}

#[test]
fn ws_pmd_03_what_does_not_compress_stays_within_the_bound() {
    assert_eq!(Deflater::bound(usize::MAX), usize::MAX);
    let content = Noise::new(9).content(100_000, 256, 0);
    for bits in 8..=15 {
        for level in 1..=9 {
            let mut deflater = deflater(bits, level);
            let pieces: Vec<_> = content.chunks(997).collect();
            let payload = deflate(&mut deflater, &pieces, 100);
            assert!(payload.len() <= Deflater::bound(content.len()), "{} at {bits}, {level}", payload.len());
        }
    }
}
