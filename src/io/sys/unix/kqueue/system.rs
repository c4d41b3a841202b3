//! `struct kevent` and its constants. On Linux, for the double, those of FreeBSD.

#[cfg(bsd)]
pub(super) use libc::{
    EV_ADD, EV_CLEAR, EV_DELETE, EV_ENABLE, EV_EOF, EV_ERROR, EVFILT_READ, EVFILT_WRITE, NOTE_LOWAT, kevent,
};
#[cfg(not(bsd))]
pub(super) use names::*;

#[cfg(not(bsd))]
#[allow(non_camel_case_types, reason = "the name of the system")]
mod names {
    use core::ffi::c_void;

    #[derive(Clone, Copy)]
    pub struct kevent {
        pub ident: usize,
        pub filter: i16,
        pub flags: u16,
        pub fflags: u32,
        pub data: i64,
        pub udata: *mut c_void,
    }

    pub const EVFILT_READ: i16 = -1;
    pub const EVFILT_WRITE: i16 = -2;
    pub const EV_ADD: u16 = 0x1;
    pub const EV_DELETE: u16 = 0x2;
    pub const EV_ENABLE: u16 = 0x4;
    pub const EV_CLEAR: u16 = 0x20;
    pub const EV_EOF: u16 = 0x8000;
    pub const EV_ERROR: u16 = 0x4000;
    pub const NOTE_LOWAT: u32 = 1;
}
