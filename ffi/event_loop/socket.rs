//! The names of a loop's sockets in C.

/// A socket of a loop: its slot and the slot's use in 64 bits. 0 is none. Never reused.
pub type ww_socket = u64;
