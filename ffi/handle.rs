//! Calls on the handles that C holds: none through NULL, and none after a bug of the library's.

use super::check::ARGUMENT;
use super::guard::guarded;
use super::status::ww_status;
use crate::error::{Code, Error};

/// What C holds by a pointer.
pub(super) trait Handle {
    /// Whether a panic crossed it.
    fn is_poisoned(&self) -> bool;

    /// A panic crossed it.
    fn poison(&mut self);
}

/// Runs `body` on a handle that it may change; a panic poisons it.
///
/// # Safety
/// `handle` is null or a handle that no other call uses.
#[inline(always)]
pub(super) unsafe fn with<H: Handle>(
    handle: *mut H,
    body: impl FnOnce(&mut H) -> Result<ww_status, Error>,
) -> ww_status {
    // SAFETY: as the caller promises.
    let Some(handle) = (unsafe { handle.as_mut() }) else {
        return ARGUMENT.code() as ww_status;
    };
    if handle.is_poisoned() {
        return Code::Panic as ww_status;
    }
    let status = guarded(|| body(handle).unwrap_or_else(|error| error.code() as ww_status));
    if status == Code::Panic as ww_status {
        handle.poison();
    }
    status
}

/// Runs `body` on a handle that C says is const: nothing of it is written, also where `body` panics.
///
/// # Safety
/// `handle` is null or a handle that no other call changes.
#[inline(always)]
pub(super) unsafe fn look<H: Handle>(handle: *const H, body: impl FnOnce(&H) -> Result<ww_status, Error>) -> ww_status {
    // SAFETY: as the caller promises.
    let Some(handle) = (unsafe { handle.as_ref() }) else {
        return ARGUMENT.code() as ww_status;
    };
    if handle.is_poisoned() {
        return Code::Panic as ww_status;
    }
    guarded(|| body(handle).unwrap_or_else(|error| error.code() as ww_status))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is called, and whether a panic crossed it.
    struct Called(u32, bool);

    impl Handle for Called {
        fn is_poisoned(&self) -> bool {
            self.1
        }

        fn poison(&mut self) {
            self.1 = true;
        }
    }

    fn panics() -> Result<ww_status, Error> {
        panic!("a bug")
    }

    #[test]
    fn a_panic_of_a_change_poisons_and_one_of_a_look_does_not() {
        let mut called = Called(7, false);
        // SAFETY: it is ours.
        unsafe {
            assert_eq!(look(&raw const called, |_| panics()), Code::Panic as ww_status);
            assert_eq!(look(&raw const called, |called| Ok(called.0 as ww_status)), 7);
            assert_eq!(with(&raw mut called, |_| panics()), Code::Panic as ww_status);
            assert_eq!(look(&raw const called, |called| Ok(called.0 as ww_status)), Code::Panic as ww_status);
            assert_eq!(with(&raw mut called, |called| Ok(called.0 as ww_status)), Code::Panic as ww_status);
            assert_eq!(with(core::ptr::null_mut::<Called>(), |_| Ok(0)), ARGUMENT.code() as ww_status);
            assert_eq!(look(core::ptr::null::<Called>(), |_| Ok(0)), ARGUMENT.code() as ww_status);
        }
    }
}
