//! The one place where a panic ends: no unwinding crosses into C.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::Code;

/// Runs the body of a C function; a panic becomes `WW_E_PANIC`.
///
/// The caller poisons what the body was changing, if anything of it could be seen again.
#[inline(always)]
pub(crate) fn guarded(body: impl FnOnce() -> i32) -> i32 {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(status) => status,
        Err(payload) => {
            // Dropping a payload runs its destructor, which may panic in turn.
            core::mem::forget(payload);
            Code::Panic as i32
        }
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_becomes_a_status() {
        assert_eq!(guarded(|| panic!("a bug")), -99);
        assert_eq!(guarded(|| 7), 7);
    }
}
