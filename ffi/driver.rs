//! What drives a loop, across the C ABI.

use core::mem::size_of;

use crate::error::Error;
use crate::ffi::check::fill;
use crate::ffi::status::{WW_OK, ww_status};
use crate::io::driver::{Choice, Info};

/// The default driver of this system: epoll on Linux, kqueue on macOS and the BSDs, completion ports on Windows.
pub const WW_DRIVER_NATIVE: i32 = 0;
/// epoll (Linux). A driver that the system or the build does not have is WW_E_UNSUPPORTED; of these only io_uring has a substitute, on Linux.
pub const WW_DRIVER_EPOLL: i32 = 1;
/// io_uring (Linux 6.1 and newer): one system call for each turn, sends and receives included. It runs only where it is asked for,
/// and where the system refuses it, epoll runs in its place; `refused` of ww_loop_info tells why. Its thread is that of the first wait,
/// flush or close: later waits on another one fail with WW_E_SYSTEM (EEXIST), and a forked child must not use it. It accepts ahead: when a server
/// has `connections_max` connections, as many as the backlog of its listeners may wait in it besides.
pub const WW_DRIVER_URING: i32 = 2;
/// kqueue (macOS, FreeBSD, NetBSD, OpenBSD).
pub const WW_DRIVER_KQUEUE: i32 = 3;
/// I/O completion ports (Windows 10 and newer).
pub const WW_DRIVER_IOCP: i32 = 4;

/// The driver may hold sends after they return: until WW_COMPLETION_SENT, or WW_COMPLETION_CLOSED, the octets keep address and content.
pub const WW_LOOP_INFO_HOLDS_SENDS: u32 = 1 << 0;
/// WW_COMPLETION_HUNG_UP and errors come while receiving is cancelled; without it, with the next receive or send.
pub const WW_LOOP_INFO_NOTICES_PAUSED: u32 = 1 << 1;
/// The system sends files without copying them through the process.
pub const WW_LOOP_INFO_SENDS_FILES: u32 = 1 << 2;
/// ww_loop_send_zero_copy() may lend pieces to the system. Without it, it copies them.
pub const WW_LOOP_INFO_LENDS: u32 = 1 << 3;

/// What drives a loop. Start from WW_LOOP_INFO_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_loop_info {
    /// sizeof(ww_loop_info); set by WW_LOOP_INFO_INIT.
    pub size: usize,
    /// WW_DRIVER_*: the one that runs, never WW_DRIVER_NATIVE.
    pub driver: i32,
    /// WW_LOOP_INFO_*
    pub flags: u32,
    /// Why another driver runs than the one asked for: the system's number (errno); 0: it runs.
    pub refused: i64,
}

impl ww_loop_info {
    /// # Safety
    /// `out` is null or a struct of the size its first member says.
    pub(in crate::ffi) unsafe fn write(info: &Info, out: *mut Self) -> Result<ww_status, Error> {
        let flag = |is: bool, flag: u32| if is { flag } else { 0 };
        let flags = flag(info.holds_sends, WW_LOOP_INFO_HOLDS_SENDS)
            | flag(info.notices_paused, WW_LOOP_INFO_NOTICES_PAUSED)
            | flag(info.sends_files, WW_LOOP_INFO_SENDS_FILES)
            | flag(info.lends, WW_LOOP_INFO_LENDS);
        let refused = info.fallback.unwrap_or(0).into();
        let told = Self { size: size_of::<Self>(), driver: number(info), flags, refused };
        // SAFETY: as the caller promises.
        unsafe { fill(out, &told) }?;
        Ok(WW_OK)
    }
}

/// The driver that a WW_DRIVER_* names.
pub(in crate::ffi) fn choice(driver: i32) -> Option<Choice> {
    match driver {
        WW_DRIVER_NATIVE => Some(Choice::Native),
        WW_DRIVER_EPOLL => Some(Choice::Epoll),
        WW_DRIVER_URING => Some(Choice::Uring),
        WW_DRIVER_KQUEUE => Some(Choice::Kqueue),
        WW_DRIVER_IOCP => Some(Choice::Iocp),
        _ => None,
    }
}

/// The WW_DRIVER_* of a driver that runs. One behind faults counts as what it stands in for.
fn number(info: &Info) -> i32 {
    match info.name {
        "io_uring" => WW_DRIVER_URING,
        "kqueue" => WW_DRIVER_KQUEUE,
        "IOCP" => WW_DRIVER_IOCP,
        "epoll" => WW_DRIVER_EPOLL,
        _ if cfg!(bsd) => WW_DRIVER_KQUEUE,
        _ if cfg!(windows) => WW_DRIVER_IOCP,
        _ => WW_DRIVER_EPOLL,
    }
}

#[cfg(all(test, kqueue, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::io::driver::{Config, Driver};

    #[test]
    fn the_driver_that_runs_is_the_one_that_was_asked_for() {
        for driver in [WW_DRIVER_EPOLL, WW_DRIVER_KQUEUE] {
            let config = Config { choice: choice(driver).unwrap(), ..Config::default() };
            let info = Driver::new(&config).unwrap().info();
            let mut told = ww_loop_info { size: size_of::<ww_loop_info>(), driver: 0, flags: 0, refused: 0 };
            // SAFETY: a struct of the size its first member says.
            unsafe { ww_loop_info::write(&info, &raw mut told) }.unwrap();
            assert_eq!((told.driver, told.refused), (driver, 0));
        }
    }
}
