//! How a resolver is made.

use crate::error::Error;
use crate::ffi::check::prefix;
use crate::io::resolver::Config;

/// How a resolver behaves. Start from WW_RESOLVER_CONFIG_INIT; every zero is the default given here. Copied by the call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_resolver_config {
    /// sizeof(ww_resolver_config); set by WW_RESOLVER_CONFIG_INIT.
    pub size: usize,
    /// The most threads, and so the most names that are looked up at a time; default 2, at most 16.
    pub threads: u32,
    /// The most look-ups of all loops that were asked for and are not reported yet; default 1,024, at most 65,536. Beyond it
    /// ww_resolver_lookup() answers WW_E_LIMIT.
    pub waiting_max: u32,
}

impl ww_resolver_config {
    /// What the caller's struct says, whatever its version. What is out of range the resolver refuses.
    ///
    /// # Safety
    /// `config` is null (all defaults) or points to a struct of the size its first member says.
    pub(super) unsafe fn read(config: *const Self) -> Result<Config, Error> {
        let default = Config::default();
        if config.is_null() {
            return Ok(default);
        }
        // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
        let given: Self = unsafe { prefix(config) }?;
        let or = |given: u32, default: u32| if given == 0 { default } else { given };
        Ok(Config {
            threads: or(given.threads, default.threads),
            waiting_max: or(given.waiting_max, default.waiting_max),
        })
    }
}
