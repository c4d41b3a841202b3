//! How a loop is made.

use crate::error::{Code, Error, Fault};
use crate::ffi::check::prefix;
use crate::ffi::driver::choice;
use crate::io::driver;
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
        let choice = choice(self.driver).ok_or_else(|| DRIVER.at(0))?;
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
