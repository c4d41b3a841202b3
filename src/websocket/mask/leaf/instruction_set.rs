//! What a leaf can do with 64 octets, and the shape of the work that is compiled once for each leaf.

use crate::websocket::mask::key::Key;

/// One instruction set. A value of a leaf exists only where the processor has the instructions.
pub(in crate::websocket::mask) trait Leaf: Copy {
    /// 64 octets in registers.
    type Block: Copy;
    /// The same four octets, 16 times.
    fn repeat(self, octets: [u8; 4]) -> Self::Block;
    fn load(self, octets: &[u8; 64]) -> Self::Block;
    fn store(self, block: Self::Block, octets: &mut [u8; 64]);
    fn xor(self, one: Self::Block, other: Self::Block) -> Self::Block;
    fn or(self, one: Self::Block, other: Self::Block) -> Self::Block;
    fn is_ascii(self, block: Self::Block) -> bool;
}

/// Something to be done to octets with the best leaf there is. They and the key are arguments of their own, so that they come in
/// registers.
pub(in crate::websocket::mask) trait Pass {
    /// What comes of it.
    type Output;
    /// Must be `#[inline(always)]`, so that it is compiled for the instructions of the leaf.
    fn run<L: Leaf>(self, leaf: L, data: &mut [u8], key: Key) -> Self::Output;
}
