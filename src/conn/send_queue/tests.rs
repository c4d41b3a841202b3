//! Stretches of which less was written than there was room for.

use super::*;
use crate::conn::workspace::BLOCK;
use crate::memory::Heap;

/// Writes `octets` where there was room for 20,000.
fn write(queue: &mut SendQueue, blocks: &mut Blocks, octets: &[u8]) {
    let end = queue.tail();
    queue.extend(blocks, 20_000).unwrap()[..octets.len()].copy_from_slice(octets);
    queue.retract(blocks, 20_000 - octets.len());
    queue.shrink_tail(blocks, end);
}

fn pieces(queue: &SendQueue, blocks: &Blocks) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    queue.pieces(blocks, |piece| {
        let Piece::Owned(octets) = piece else { panic!("nothing was lent") };
        pieces.push(octets.to_vec());
        true
    });
    pieces
}

#[test]
fn ws_pmd_07_little_in_much_room_takes_little() {
    let heap = Heap::new(1 << 20);
    let (mut blocks, mut queue) = (Blocks::new(&heap), SendQueue::new());
    write(&mut queue, &mut blocks, b"one");
    assert_eq!(blocks.get(queue.tail()).size(), BLOCK, "in a block of its size");
    write(&mut queue, &mut blocks, b"two");
    assert_eq!(pieces(&queue, &blocks), [b"onetwo"]);
    write(&mut queue, &mut blocks, &[b'x'; 15_000]);
    write(&mut queue, &mut blocks, b"");
    write(&mut queue, &mut blocks, b"three");
    assert_eq!(pieces(&queue, &blocks), [&b"onetwo"[..], &[&[b'x'; 15_000][..], b"three"].concat()]);
    assert!(heap.used() < 2 * 20_000 + 2 * BLOCK);
    assert_eq!(queue.queued(), 15_011);
    queue.sent(&mut blocks, 15_011);
    assert_eq!((queue.queued(), queue.tail()), (0, NONE));
}
