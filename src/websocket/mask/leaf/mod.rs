//! 64 octets at a time: one leaf per instruction set under the algorithm of [`pass`](super::pass), selected at run
//! time.
//!
//! `unsafe` is for vector loads and stores through array references, and for calling functions whose instructions the
//! processor was found to have.

#![allow(unsafe_code)]

use super::key::Key;

mod portable;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod instruction_set;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "x86_64")]
mod sse2;

pub(super) use instruction_set::{Leaf, Pass};

/// Runs `pass` with the best leaf of this processor.
#[inline]
pub(super) fn dispatch<P: Pass>(pass: P, data: &mut [u8], key: Key) -> P::Output {
    #[cfg(target_arch = "x86_64")]
    {
        // Detected once; then a load and a test.
        if is_x86_feature_detected!("avx512bw") {
            // SAFETY: the processor has the instructions, of which AVX-512F are part.
            return unsafe { avx512::run(pass, data, key) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the instructions.
            return unsafe { avx2::run(pass, data, key) };
        }
        sse2::run(pass, data, key)
    }
    #[cfg(target_arch = "aarch64")]
    {
        // SAFETY: NEON is part of every aarch64 target that has a standard library.
        unsafe { neon::run(pass, data, key) }
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        portable::run(pass, data, key)
    }
}

/// Runs `pass` with each leaf that this processor has, on a copy of `data`.
#[cfg(test)]
pub(super) fn each<P: Pass + Copy>(pass: P, data: &[u8], key: Key) -> Vec<(P::Output, Vec<u8>)> {
    fn ran<T>(data: &[u8], run: impl FnOnce(&mut [u8]) -> T) -> (T, Vec<u8>) {
        let mut copy = data.to_vec();
        (run(&mut copy), copy)
    }
    let mut all = vec![ran(data, |data| portable::run(pass, data, key))];
    #[cfg(target_arch = "x86_64")]
    {
        all.push(ran(data, |data| sse2::run(pass, data, key)));
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has the instructions.
            all.push(ran(data, |data| unsafe { avx2::run(pass, data, key) }));
        }
        if is_x86_feature_detected!("avx512bw") {
            // SAFETY: the processor has the instructions.
            all.push(ran(data, |data| unsafe { avx512::run(pass, data, key) }));
        }
    }
    // SAFETY: NEON is part of every aarch64 target that has a standard library.
    #[cfg(target_arch = "aarch64")]
    all.push(ran(data, |data| unsafe { neon::run(pass, data, key) }));
    all
}
