//! The operations of a leaf on 64 octets, and the work compiled once per leaf.

use crate::websocket::mask::key::Key;

/// One instruction set. A value exists only if the processor has the instructions.
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

/// Work on octets with the best leaf. Octets and key are separate arguments so that they are passed in registers.
pub(in crate::websocket::mask) trait Pass {
    type Output;
    /// Must be `#[inline(always)]`, so that it is compiled with the leaf's instructions.
    fn run<L: Leaf>(self, leaf: L, data: &mut [u8], key: Key) -> Self::Output;
}
