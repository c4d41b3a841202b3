//! The system calls of Windows 10 and newer.

pub(in crate::io) mod afd;
mod boolean;
pub(in crate::io) mod clock;
pub(in crate::io) mod datagram;
mod error;
pub(in crate::io) mod event;
pub(in crate::io) mod interface;
pub(in crate::io) mod mask;
#[cfg(feature = "fault")]
pub(in crate::io::sys) mod memory;
pub(in crate::io) mod name;
pub(in crate::io) mod option;
pub(in crate::io) mod port;
pub(in crate::io) mod posix;
pub(in crate::io) mod resolve;
pub(in crate::io) mod socket;
mod startup;
pub(in crate::io) mod transfer;
pub(in crate::io) mod vector;

/// `EAI_NODATA`: no address of the family that was asked for.
pub(in crate::io) const NO_DATA: core::ffi::c_int = windows_sys::Win32::Networking::WinSock::WSANO_DATA;
/// The error of a network that is not there at all, which Linux has.
pub(in crate::io) const NO_NETWORK: Option<i32> = None;
