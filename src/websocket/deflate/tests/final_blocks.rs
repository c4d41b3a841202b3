//! Blocks with BFINAL set: the octets before them stay in the window (RFC 7692 §7.2.2, §7.2.3.4).

use super::*;
use crate::error::Code;

/// Writes blocks bit by bit (RFC 1951 §3.1.1).
#[derive(Default)]
struct Bits {
    octets: Vec<u8>,
    len: usize,
}

impl Bits {
    /// Writes `count` bits, the lowest first.
    fn number(&mut self, value: usize, count: usize) -> &mut Self {
        for bit in 0..count {
            if self.len.is_multiple_of(8) {
                self.octets.push(0);
            }
            *self.octets.last_mut().unwrap() |= ((value >> bit & 1) as u8) << (self.len % 8);
            self.len += 1;
        }
        self
    }

    /// Writes `count` bits, the highest first.
    fn code(&mut self, code: usize, count: usize) -> &mut Self {
        for bit in (0..count).rev() {
            self.number(code >> bit & 1, 1);
        }
        self
    }

    /// A block of BTYPE 01: a literal, then three octets from `distance` back.
    fn reference(&mut self, is_final: bool, literal: u8, distance: usize) -> &mut Self {
        let literal = usize::from(literal);
        self.number(usize::from(is_final), 1).number(1, 2);
        if literal < 144 {
            self.code(0x30 + literal, 8)
        } else {
            self.code(0x190 + literal - 144, 9)
        };
        self.code(1, 7);
        let symbol = (0..30).rev().find(|&symbol| base(symbol) <= distance).unwrap();
        let extra = if symbol < 4 { 0 } else { symbol / 2 - 1 };
        self.code(symbol, 5).number(distance - base(symbol), extra).code(0, 7)
    }

    /// The block after a final one starts at an octet.
    fn pad(&mut self) -> &mut Self {
        self.len = self.octets.len() * 8;
        self
    }

    /// A block of BTYPE 00.
    fn stored(&mut self, is_final: bool, content: &[u8]) -> &mut Self {
        self.number(usize::from(is_final), 1).number(0, 2).pad();
        let len = content.len() as u16;
        self.octets.extend([len.to_le_bytes(), (!len).to_le_bytes()].concat());
        self.octets.extend(content);
        self.pad()
    }

    /// Ends the message with the start of an empty stored block; returns the payload.
    fn payload(&mut self) -> Vec<u8> {
        self.number(0, 3);
        core::mem::take(self).octets
    }
}

/// The smallest distance of a symbol (RFC 1951 §3.2.5).
fn base(symbol: usize) -> usize {
    if symbol < 4 { symbol + 1 } else { ((2 + symbol % 2) << (symbol / 2 - 1)) + 1 }
}

#[test]
fn ws_pmd_06_the_window_outlives_a_final_block() {
    // RFC 7692 §7.2.3.4, and "Hello" again as a reference: in the next message, and behind the block in the same one.
    for bits in [8, 15] {
        for last in ["f348cdc9c9070000", "f348cdc9c90700", "010500faff48656c6c6f"] {
            let mut inflater = inflater(bits);
            assert_eq!(inflate(&mut inflater, &[&hex(last)], 100).as_deref(), Ok(&b"Hello"[..]));
            for _ in 0..3 {
                assert_eq!(inflate(&mut inflater, &[&hex("f200110000")], 100).as_deref(), Ok(&b"Hello"[..]));
            }
            inflater.reset(bits);
            assert!(inflate(&mut inflater, &[&hex("f200110000")], 100).is_err(), "but not a reset");
        }
        let both = hex("f348cdc9c90700f200110000");
        assert_eq!(inflate(&mut inflater(bits), &[&both], 100).as_deref(), Ok(&b"HelloHello"[..]));
    }
}

/// Several data sets in several messages, each referring to octets before it: payloads and contents.
fn messages() -> [(Vec<u8>, Vec<u8>); 3] {
    let content = Noise::new(11).content(200, 256, 0);
    let mut bits = Bits::default();
    let payloads = [
        bits.stored(false, &content).reference(true, 0xc8, 200).pad().reference(true, 0x61, 7).pad().payload(),
        bits.reference(false, 0x62, 200).reference(true, 0x63, 20).payload(),
        bits.stored(true, b"d").stored(true, b"").reference(false, 0xff, 210).payload(),
    ];
    // The literals, each with the distance of the three octets after it.
    let steps =
        [&[(&content[..], 0), (b"\xc8", 200), (b"a", 7)][..], &[(b"b", 200), (b"c", 20)], &[(b"d", 0), (b"\xff", 210)]];
    let mut all = Vec::new();
    let expected = steps.map(|steps| {
        let start = all.len();
        for &(literals, distance) in steps {
            all.extend(literals);
            let copied = if distance == 0 { 0 } else { 3 };
            all.extend_from_within(all.len() - distance..all.len() - distance + copied);
        }
        all[start..].to_vec()
    });
    let mut pairs = payloads.into_iter().zip(expected);
    core::array::from_fn(|_| pairs.next().unwrap())
}

#[test]
fn ws_pmd_06_final_blocks_at_every_cut_and_in_any_room() {
    let messages = messages();
    for window in [8, 15] {
        for at in 0..messages.len() {
            for cut in 0..=messages[at].0.len() {
                let mut inflater = inflater(window);
                for (place, (payload, expected)) in messages.iter().enumerate() {
                    let (first, rest) = payload.split_at(if place == at { cut } else { 0 });
                    let room = 1 + cut % 50;
                    assert_eq!(inflate(&mut inflater, &[first, rest], room).as_ref(), Ok(expected), "{place} {cut}");
                }
            }
        }
    }
}

#[test]
fn ws_pmd_06_final_blocks_octet_by_octet() {
    for window in [8, 15] {
        let mut inflater = inflater(window);
        for (payload, expected) in messages() {
            let octets: Vec<_> = payload.chunks(1).collect();
            assert_eq!(inflate(&mut inflater, &octets, 1), Ok(expected));
        }
    }
}

#[test]
fn ws_pmd_08_the_window_ends_where_it_did_before_a_final_block() {
    for bits in 8..=15 {
        let window = 1usize << bits;
        for before in [window - 1, window, 3 * window + 5] {
            let content = Noise::new(bits.into()).content(before, 256, 0);
            for distance in [1, window / 2, window - 1, window, window + 1] {
                let mut writer = Bits::default();
                for piece in content.chunks(60_000) {
                    writer.stored(true, piece);
                }
                if distance > 32768 {
                    continue;
                }
                let payload = writer.reference(false, 0x21, distance).payload();
                // The literal extends the window by one octet.
                let fits = distance <= window.min(before + 1);
                let all = [&content[..], b"!"].concat();
                let found = inflate(&mut inflater(bits), &[&payload], 5000);
                let found = found.map(|found| found[before + 1]).map_err(|error| error.fault.rule);
                let expected = if fits { Ok(all[all.len() - distance]) } else { Err(c"WS-PMD-08") };
                assert_eq!(found, expected, "{distance} in {bits} behind {before}");
            }
        }
    }
}

#[test]
fn ws_pmd_08_nothing_before_the_first_octet_behind_a_final_block() {
    let mut writer = Bits::default();
    let payload = writer.stored(true, b"ab").reference(false, 0x63, 4).payload();
    assert!(inflate(&mut inflater(15), &[&payload], 100).is_err());
    let payload = writer.stored(true, b"ab").reference(false, 0x63, 3).payload();
    assert_eq!(inflate(&mut inflater(15), &[&payload], 100).as_deref(), Ok(&b"abcabc"[..]));
}

/// Receives messages of `payload` with a full window, until one is refused or `count` were accepted.
fn repeat(payload: &[u8], count: usize) -> Result<usize, (usize, Error)> {
    let mut inflater = inflater(15);
    let mut writer = Bits::default();
    let window = writer.stored(false, &[b'w'; 1 << 15]).payload();
    assert_eq!(inflate(&mut inflater, &[&window], 1 << 16).map(|all| all.len()), Ok(1 << 15));
    let recv = |received| inflate(&mut inflater, &[payload], 1 << 16).map(|_| ()).map_err(|error| (received, error));
    (0..count).try_for_each(recv).map(|()| count)
}

/// A two-octet block that writes nothing, and a three-octet block that writes one octet.
#[test]
fn ws_pmd_07_final_blocks_copy_no_more_than_their_octets_pay_for() {
    let mut writer = Bits::default();
    let literal = writer.number(1, 1).number(1, 2).code(0x30, 8).code(0, 7).pad().octets.clone();
    for block in [vec![3, 0], literal] {
        let (received, error) = repeat(&block.repeat(20_000), 1).unwrap_err();
        assert_eq!((received, error.fault.status, error.code()), (0, 1008, Code::TooLarge));
        let windows = error.offset / block.len() as u64;
        assert!((4..8).contains(&windows), "the window was restored {windows} times");
    }
}

#[test]
fn ws_pmd_07_a_final_block_at_the_end_of_each_message_is_paid_for() {
    for payload in ["0300", "030000", "f348cdc9c9070000", "f348cdc9c90700"] {
        assert_eq!(repeat(&hex(payload), 1000), Ok(1000), "{payload}");
    }
    assert!(matches!(repeat(&hex("03000300"), 1000), Err((1..10, _))), "but not two without content");
}

#[test]
fn ws_pmd_07_data_sets_of_thirty_two_octets_are_paid_for() {
    let mut writer = Bits::default();
    let set = writer.stored(true, &[b's'; 27]).octets.clone();
    assert_eq!(repeat(&set.repeat(2000), 1), Ok(1));
    let mut writer = Bits::default();
    let set = writer.stored(true, &[b's'; 20]).octets.clone();
    assert!(repeat(&set.repeat(2000), 1).is_err());
}
