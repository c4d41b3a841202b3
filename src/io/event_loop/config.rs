//! How to make a loop.

use crate::io::driver;
use crate::io::socket::BatchConfig;

/// How to make a loop.
#[derive(Clone, Copy, Debug)]
pub struct Config {
    /// Its driver.
    pub driver: driver::Config,
    /// Maximum posts that wait. Default 65,536.
    pub posts_max: usize,
    /// The batch that datagrams are received into, made with the first socket for them.
    pub datagrams: BatchConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self { driver: driver::Config::default(), posts_max: 1 << 16, datagrams: BatchConfig::default() }
    }
}
