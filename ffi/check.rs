//! Arguments from C: what is null, too short or unknown is refused before anything is done.

use core::mem::{MaybeUninit, size_of};

use crate::error::{Code, Error, Fault};

static BAD_ARGUMENT: Fault = Fault::new(Code::Argument, 0, c"", c"an argument is null, out of range or unknown");

static NULL_STRUCT: Fault = Fault::new(Code::Argument, 0, c"", c"a pointer to a struct is NULL");
static NO_SIZE: Fault = Fault::new(Code::Argument, 0, c"", c"`size` of a struct is wrong: start from its WW_*_INIT");
static NEWER: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"a struct is of a newer version, and sets a member that this library does not know",
);

/// The error of every bad argument for which there is none that says more.
pub(super) const ARGUMENT: Error = BAD_ARGUMENT.at(0);
/// The size of a struct is not one that it can have.
pub(super) const SIZE: Error = NO_SIZE.at(0);
/// A struct has more than is known of it.
pub(super) const UNKNOWN_MEMBER: Error = NEWER.at(0);

/// The caller's struct in the library's version: shorter ones (an older header) are filled up with zero, longer ones must be
/// zero beyond what is known here.
///
/// # Safety
/// `from` points to a `T`-like struct whose first member is its size in octets. All-zero octets are a valid `T`.
#[inline(always)]
pub(super) unsafe fn prefix<T: Copy>(from: *const T) -> Result<T, Error> {
    if from.is_null() {
        return Err(NULL_STRUCT.at(0));
    }
    // SAFETY: every such struct begins with its size.
    let size = unsafe { from.cast::<usize>().read() };
    if size == size_of::<T>() {
        // SAFETY: as the caller promises; only what is used of it needs to be loaded.
        return Ok(unsafe { from.read() });
    }
    // SAFETY: as the caller promises.
    unsafe { other_version(from, size) }
}

/// The struct of another version of the header.
///
/// # Safety
/// As [`prefix`]; `from` is not null and `size` is its first member.
#[cold]
unsafe fn other_version<T: Copy>(from: *const T, size: usize) -> Result<T, Error> {
    if size < size_of::<usize>() || size > 16 * size_of::<T>() + 4096 {
        return Err(SIZE);
    }
    if size == size_of::<T>() {
        // SAFETY: of the size that it says; a copy of known length costs a few moves.
        return Ok(unsafe { from.read() });
    }
    let mut value = MaybeUninit::<T>::zeroed();
    let known = size.min(size_of::<T>());
    // SAFETY: `known` octets are readable by the caller's promise and writable in `value`; the two do not overlap.
    unsafe { core::ptr::copy_nonoverlapping(from.cast::<u8>(), value.as_mut_ptr().cast::<u8>(), known) };
    for i in known..size {
        // SAFETY: within the `size` octets the caller promises.
        if unsafe { from.cast::<u8>().add(i).read() } != 0 {
            return Err(UNKNOWN_MEMBER);
        }
    }
    // SAFETY: zeroed or copied throughout, and all-zero octets are valid.
    Ok(unsafe { value.assume_init() })
}

/// Writes as much of `value` as the caller's struct has room for; its size member stays what it was.
///
/// # Safety
/// `to` is null or points to a writable `T`-like struct whose first member is its size in octets.
pub(super) unsafe fn fill<T: Copy>(to: *mut T, value: &T) -> Result<(), Error> {
    if to.is_null() {
        return Err(ARGUMENT);
    }
    // SAFETY: every such struct begins with its size.
    let size = unsafe { to.cast::<usize>().read() };
    if size < size_of::<usize>() {
        return Err(ARGUMENT);
    }
    let n = size.min(size_of::<T>()) - size_of::<usize>();
    let from = core::ptr::from_ref(value).cast::<u8>();
    // SAFETY: both sides have `size_of::<usize>() + n` octets; `value` is ours, so they do not overlap.
    unsafe {
        let skip = size_of::<usize>();
        core::ptr::copy_nonoverlapping(from.add(skip), to.cast::<u8>().add(skip), n);
    }
    Ok(())
}

/// A slice from C: null is allowed when `len` is 0. No object is larger than half the address space, so a longer one is a
/// mistake.
///
/// # Safety
/// `data` is null or points to `len` readable values that do not change during `'a`.
#[inline(always)]
pub(super) unsafe fn slice<'a, T>(data: *const T, len: usize) -> Result<&'a [T], Error> {
    match (data.is_null(), len) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(ARGUMENT),
        (false, len) if len > isize::MAX as usize / size_of::<T>().max(1) => Err(ARGUMENT),
        // SAFETY: as the caller promises, and no longer than an object can be.
        (false, _) => Ok(unsafe { core::slice::from_raw_parts(data, len) }),
    }
}

/// As [`slice()`], to be written to.
///
/// # Safety
/// `data` is null or points to `len` writable octets that nothing else looks at during `'a`.
#[inline(always)]
pub(super) unsafe fn slice_mut<'a>(data: *mut u8, len: usize) -> Result<&'a mut [u8], Error> {
    match (data.is_null(), len) {
        (_, 0) => Ok(&mut []),
        (true, _) => Err(ARGUMENT),
        (false, len) if len > isize::MAX as usize => Err(ARGUMENT),
        // SAFETY: as the caller promises, and no longer than an object can be.
        (false, _) => Ok(unsafe { core::slice::from_raw_parts_mut(data, len) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Known {
        size: usize,
        value: [u64; 3],
    }

    /// As the struct of this version, and by the way of all others.
    #[test]
    fn a_struct_of_this_version_is_read_as_one_of_any() {
        for size in 0..=size_of::<[Known; 2]>() {
            for rest in [0, 1] {
                let all = [Known { size, value: [1, u64::MAX, 3] }, Known { size: 0, value: [0, 0, rest] }];
                // SAFETY: a live array of more octets than the first of it says.
                let (quick, any) = unsafe { (prefix(all.as_ptr()), other_version(all.as_ptr(), size)) };
                assert_eq!(quick, any, "{size}");
                assert!(size != size_of::<Known>() || quick == Ok(all[0]));
            }
        }
    }
}
