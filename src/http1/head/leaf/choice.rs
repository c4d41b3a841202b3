//! Selects the leaf for this processor, once.

#[cfg(target_arch = "x86_64")]
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

use super::Pass;

/// The leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[cfg_attr(any(not(test), not(target_arch = "x86_64")), allow(dead_code))]
pub(in super::super) enum Choice {
    Unknown,
    Portable,
    Sse2,
    Ssse3,
    Avx2,
    Neon,
}

/// Selects the leaf now, so that the first head does not have to. May be called from any thread, repeatedly.
pub(crate) fn choose_leaf() {
    #[cfg(target_arch = "x86_64")]
    choose();
}

/// Runs `pass` with the best leaf of this processor.
#[inline(always)]
pub(crate) fn dispatch<P: Pass>(pass: P) -> P::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if cfg!(all(target_feature = "avx2", target_feature = "bmi2", target_feature = "lzcnt"))
            || CHOSEN.load(Relaxed) == Choice::Avx2 as u8
        {
            // SAFETY: either this code is compiled for AVX2, or `choose` found the instructions.
            return unsafe { super::avx2::run(pass) };
        }
        dispatch_without_avx2(pass)
    }
    #[cfg(target_arch = "aarch64")]
    {
        // SAFETY: NEON is part of every aarch64 target that has a standard library.
        unsafe { super::neon::run(pass) }
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        super::portable::run(pass)
    }
}

/// Cold, to move the code for processors from before 2013 out of the way.
#[cfg(target_arch = "x86_64")]
#[cold]
#[inline(never)]
fn dispatch_without_avx2<P: Pass>(pass: P) -> P::Output {
    match choose() {
        // SAFETY: `choose` found the instructions.
        Choice::Avx2 => unsafe { super::avx2::run(pass) },
        // SAFETY: `choose` found the instructions.
        Choice::Ssse3 => unsafe { super::ssse3::run(pass) },
        // Part of every x86-64.
        _ => super::sse2::run(pass),
    }
}

/// A relaxed cache: every thread finds the same value.
#[cfg(target_arch = "x86_64")]
static CHOSEN: AtomicU8 = AtomicU8::new(Choice::Unknown as u8);

#[cfg(target_arch = "x86_64")]
fn choose() -> Choice {
    const SSE2: u8 = Choice::Sse2 as u8;
    const SSSE3: u8 = Choice::Ssse3 as u8;
    match CHOSEN.load(Relaxed) {
        SSE2 => return Choice::Sse2,
        SSSE3 => return Choice::Ssse3,
        _ => {}
    }
    let choice = if has(Choice::Avx2) {
        Choice::Avx2
    } else if has(Choice::Ssse3) {
        Choice::Ssse3
    } else {
        Choice::Sse2
    };
    CHOSEN.store(choice as u8, Relaxed);
    choice
}

/// Whether this processor supports a leaf.
#[cfg(target_arch = "x86_64")]
fn has(choice: Choice) -> bool {
    match choice {
        Choice::Avx2 => {
            is_x86_feature_detected!("avx2")
                && is_x86_feature_detected!("bmi1")
                && is_x86_feature_detected!("bmi2")
                && is_x86_feature_detected!("lzcnt")
                && is_x86_feature_detected!("popcnt")
        }
        Choice::Ssse3 => is_x86_feature_detected!("ssse3"),
        Choice::Sse2 | Choice::Portable => true,
        _ => false,
    }
}

/// Runs `pass` with a given leaf, if this processor supports it.
#[cfg(test)]
pub(in super::super) fn dispatch_to<P: Pass>(choice: Choice, pass: P) -> Option<P::Output> {
    #[cfg(target_arch = "x86_64")]
    if !has(choice) {
        return None;
    }
    match choice {
        Choice::Portable => Some(super::portable::run(pass)),
        // SAFETY: `has` found the instructions.
        #[cfg(target_arch = "x86_64")]
        Choice::Avx2 => Some(unsafe { super::avx2::run(pass) }),
        // SAFETY: `has` found the instructions.
        #[cfg(target_arch = "x86_64")]
        Choice::Ssse3 => Some(unsafe { super::ssse3::run(pass) }),
        #[cfg(target_arch = "x86_64")]
        Choice::Sse2 => Some(super::sse2::run(pass)),
        // SAFETY: NEON is part of every aarch64 target that has a standard library.
        #[cfg(target_arch = "aarch64")]
        Choice::Neon => Some(unsafe { super::neon::run(pass) }),
        _ => None,
    }
}
