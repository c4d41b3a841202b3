//! Fallible, budgeted memory: the allocator behind everything whose size a peer drives.
//!
//! [`Heap`] is a cheap handle that `allocator-api2` collections carry; it counts what is out, refuses beyond its budget
//! (the collection's `try_reserve` then fails, nothing aborts) and takes its bytes from a [`Source`]: the global
//! allocator, or the caller's through the C ABI. One thread at a time.
//!
//! This is the one leaf under the sans-I/O line that may say `unsafe`: an `Allocator` cannot be written without it.
