//! Compressed content: any cut and any room inflates to the same messages or fails; a window that holds all of them changes
//! nothing, a smaller one nothing but what is refused; and whatever is compressed comes back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::memory::Heap;
use wireway::websocket::deflate::{Deflater, Inflater, Next, Step};
use wireway_fuzz::cuts;

/// Octets of content that are looked at.
const MOST: usize = 1 << 17;

fuzz_target!(|data: &[u8]| {
    let Some((&[bits, scale, seed, room], octets)) = data.split_first_chunk() else { return };
    let (bits, room) = (8 + bits % 8, 1 + usize::from(room) * 8);
    let cut = || cuts::chosen(scale, seed, octets.len());
    let middle = octets.len() * usize::from(seed) / 256;

    let whole = inflate(15, octets, middle, cuts::whole(), MOST);
    agree(&whole, &inflate(15, octets, middle, cut(), room), true);
    let narrow = inflate(bits, octets, middle, cuts::whole(), MOST);
    let holds_all = whole.as_ref().is_some_and(|content| content.len() <= 1 << bits);
    agree(&whole, &narrow, holds_all);
    agree(&narrow, &inflate(bits, octets, middle, cut(), room), true);

    there_and_back(bits.max(9), 1 + scale % 9, octets, middle, room);
});

/// Both succeeded with the same content, or both failed; where one window is smaller, it alone may have failed.
fn agree(one: &Option<Vec<u8>>, other: &Option<Vec<u8>>, is_strict: bool) {
    if other.is_some() || is_strict {
        assert_eq!(one.as_ref().map(Vec::len), other.as_ref().map(Vec::len));
        assert!(one == other);
    }
}

/// The content of two messages that meet at `middle`; `None` when it does not inflate, is too much, or ends within a block: the
/// message after it shows.
fn inflate(
    bits: u8,
    payload: &[u8],
    middle: usize,
    mut pieces: impl Iterator<Item = usize>,
    room: usize,
) -> Option<Vec<u8>> {
    let mut inflater = Inflater::new(&Heap::new(1 << 20), bits).expect("there is memory");
    let mut step = |input: &[u8], out: &mut [u8], is_last: bool| inflater.inflate(input, out, is_last).ok();
    let (mut content, mut out) = (Vec::new(), vec![0; room]);
    for message in [&payload[..middle], &payload[middle..]] {
        message_in_pieces(message, &mut pieces, &mut out, &mut content, &mut step)?;
    }
    let mut after = Vec::new();
    message_in_pieces(b"\xf2\x48\xcd\xc9\xc9\x07\x00", &mut cuts::whole(), &mut out, &mut after, &mut step)?;
    (after == b"Hello").then_some(content)
}

fn message_in_pieces(
    mut message: &[u8],
    pieces: &mut impl Iterator<Item = usize>,
    out: &mut [u8],
    content: &mut Vec<u8>,
    step: &mut impl FnMut(&[u8], &mut [u8], bool) -> Option<Step>,
) -> Option<()> {
    loop {
        let (piece, rest) = message.split_at(pieces.next().unwrap_or(1).min(message.len()));
        let is_last = rest.is_empty();
        let mut input = piece;
        loop {
            // An allocation of its own, so that a read beyond it is noticed.
            let Step { used, written, next } = step(&Box::<[u8]>::from(input), out, is_last)?;
            content.extend_from_slice(&out[..written]);
            input = &input[used..];
            match next {
                _ if content.len() > MOST => return None,
                Next::Room => assert_eq!(written, out.len()),
                Next::Input => break assert!(!is_last && input.is_empty()),
                Next::Done => {
                    assert!(is_last && input.is_empty());
                    return Some(());
                }
            }
        }
        message = rest;
    }
}

fn there_and_back(bits: u8, level: u8, content: &[u8], middle: usize, room: usize) {
    let mut deflater = Deflater::new(&Heap::new(1 << 20), bits, level).expect("there is memory");
    let mut out = vec![0; room.max(Deflater::ROOM_MIN)];
    let mut payload = Vec::new();
    for (piece, is_last) in [(&content[..middle], false), (&content[middle..], true)] {
        let mut input = piece;
        loop {
            let Step { used, written, next } = deflater.deflate(input, &mut out, is_last).expect("there is room");
            payload.extend_from_slice(&out[..written]);
            input = &input[used..];
            if next != Next::Room {
                break;
            }
        }
    }
    assert!(payload.len() <= Deflater::bound(content.len()));
    let len = payload.len();
    assert!(inflate(bits, &payload, len, cuts::whole(), MOST).as_deref() == Some(content));
}
