//! How a loop is made, and what drives it.

use core::mem::size_of;

use crate::error::{Code, Error, Fault};
use crate::ffi::check::{fill, prefix};
use crate::ffi::status::{WW_OK, ww_status};
use crate::io::driver::{self, Choice, Info};
use crate::io::event_loop::Config;
use crate::io::socket::BatchConfig;

static DRIVER: Fault = Fault::new(Code::Argument, 0, c"", c"`driver` of ww_loop_config is not a WW_DRIVER_*");
static FLAGS: Fault = Fault::new(Code::Argument, 0, c"", c"`flags` of ww_loop_config is not 0");
static DATAGRAMS: Fault = Fault::new(
    Code::Argument,
    0,
    c"",
    c"`datagram_size` of ww_loop_config is above 65,536, or `datagrams` above 1,024",
);

/// The best driver of this system.
pub const WW_DRIVER_NATIVE: i32 = 0;
/// epoll (Linux).
pub const WW_DRIVER_EPOLL: i32 = 1;
/// kqueue (macOS, FreeBSD, NetBSD, OpenBSD).
pub const WW_DRIVER_KQUEUE: i32 = 3;

/// The driver may hold sends after they return: until WW_COMPLETION_SENT, or WW_COMPLETION_CLOSED, the octets keep address and content.
pub const WW_LOOP_INFO_HOLDS_SENDS: u32 = 1 << 0;
/// WW_COMPLETION_HUNG_UP and errors come while receiving is cancelled; without it, with the next receive or send.
pub const WW_LOOP_INFO_NOTICES_PAUSED: u32 = 1 << 1;
/// The system sends files without copying them through the process.
pub const WW_LOOP_INFO_SENDS_FILES: u32 = 1 << 2;

/// How a loop behaves. Start from WW_LOOP_CONFIG_INIT; every zero is the default given here. Copied by the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_loop_config {
    /// sizeof(ww_loop_config); set by WW_LOOP_CONFIG_INIT.
    pub size: usize,
    /// WW_DRIVER_*
    pub driver: i32,
    /// 0
    pub flags: u32,
    /// The most octets that one receive brings; default 64 KiB. The loop has one such buffer.
    pub receive_size: u32,
    /// The most that one wait brings; default 512.
    pub batch: u32,
    /// The most connections that a listener accepts in a turn; default 64.
    pub accepts_per_turn: u32,
    /// The most posts that wait; default 65,536. Beyond it ww_poster_post() answers WW_PAUSED.
    pub posts_max: u32,
    /// The most octets of a datagram that is received, default 2,048, at most 65,536; the rest of a longer one is lost.
    pub datagram_size: u32,
    /// The most datagrams in a WW_COMPLETION_DATAGRAMS, default 64, at most 1,024. The loop has one buffer of `datagrams` times
    /// `datagram_size` octets, made with its first UDP socket.
    pub datagrams: u32,
}

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

impl ww_loop_config {
    /// What the caller's struct says, whatever its version.
    ///
    /// # Safety
    /// `config` is null (all defaults) or points to a struct of the size its first member says.
    pub(super) unsafe fn read(config: *const Self) -> Result<Config, Error> {
        if config.is_null() {
            return Ok(Config::default());
        }
        // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
        let given: Self = unsafe { prefix(config) }?;
        given.convert()
    }

    fn convert(&self) -> Result<Config, Error> {
        if self.flags != 0 {
            return Err(FLAGS.at(0));
        }
        let choice = match self.driver {
            WW_DRIVER_NATIVE => Choice::Native,
            WW_DRIVER_EPOLL => Choice::Epoll,
            WW_DRIVER_KQUEUE => Choice::Kqueue,
            _ => return Err(DRIVER.at(0)),
        };
        if self.datagram_size > 1 << 16 || self.datagrams > 1 << 10 {
            return Err(DATAGRAMS.at(0));
        }
        let Config { driver: default, posts_max, datagrams } = Config::default();
        let or = |given: u32, default: usize| if given == 0 { default } else { given as usize };
        let accepts = if self.accepts_per_turn == 0 { default.accepts } else { self.accepts_per_turn };
        let (buffer, batch) = (or(self.receive_size, default.buffer), or(self.batch, default.batch));
        let driver = driver::Config { choice, buffer, batch, accepts };
        let (count, octets) = (or(self.datagrams, datagrams.datagrams), or(self.datagram_size, datagrams.octets));
        let datagrams = BatchConfig { datagrams: count, octets };
        Ok(Config { driver, posts_max: or(self.posts_max, posts_max), datagrams })
    }
}

impl ww_loop_info {
    /// # Safety
    /// `out` is null or a struct of the size its first member says.
    pub(super) unsafe fn write(info: &Info, out: *mut Self) -> Result<ww_status, Error> {
        let flag = |is: bool, flag: u32| if is { flag } else { 0 };
        let flags = flag(info.holds_sends, WW_LOOP_INFO_HOLDS_SENDS)
            | flag(info.notices_paused, WW_LOOP_INFO_NOTICES_PAUSED)
            | flag(info.sends_files, WW_LOOP_INFO_SENDS_FILES);
        let refused = info.fallback.unwrap_or(0).into();
        let driver = if info.name == "kqueue" { WW_DRIVER_KQUEUE } else { WW_DRIVER_EPOLL };
        let told = Self { size: size_of::<Self>(), driver, flags, refused };
        // SAFETY: as the caller promises.
        unsafe { fill(out, &told) }?;
        Ok(WW_OK)
    }
}

#[cfg(all(test, kqueue, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::io::driver::Driver;

    #[test]
    fn the_driver_that_runs_is_the_one_that_was_asked_for() {
        let size = size_of::<ww_loop_config>();
        let zero = ww_loop_config {
            size,
            driver: 0,
            flags: 0,
            receive_size: 0,
            batch: 0,
            accepts_per_turn: 0,
            posts_max: 0,
            datagram_size: 0,
            datagrams: 0,
        };
        for driver in [WW_DRIVER_EPOLL, WW_DRIVER_KQUEUE] {
            let config = ww_loop_config { driver, ..zero }.convert().unwrap();
            let info = Driver::new(&config.driver).unwrap().info();
            let mut told = ww_loop_info { size: size_of::<ww_loop_info>(), driver: 0, flags: 0, refused: 0 };
            // SAFETY: a struct of the size its first member says.
            unsafe { ww_loop_info::write(&info, &raw mut told) }.unwrap();
            assert_eq!((told.driver, told.refused), (driver, 0));
        }
    }
}
