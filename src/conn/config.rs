//! What all connections of one kind have in common; shared, never changed.

use crate::error::{Code, Error, Fault};
use crate::guard::{Clocks, Limits, MessageLimits};
use crate::http1::machine::Role;
use crate::narrow::PLACE_MAX;
use crate::websocket::extension::DeflateConfig;

static LONG_LENDS: Fault =
    Fault::new(Code::Argument, 0, c"H1-LIM-07", c"lends and heads may be longer than can be held");
static LONG_MESSAGES: Fault =
    Fault::new(Code::Argument, 0, c"WS-LIM-01", c"whole messages may be longer than 4 GiB less one octet");

/// The configuration of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which side we are.
    pub role: Role,
    /// [`policy`](crate::http1::machine::policy) bits.
    pub flags: u32,
    /// Sizes and counts.
    pub limits: Limits,
    /// Times.
    pub clocks: Clocks,
    /// Sizes and counts of WebSocket messages.
    pub messages: MessageLimits,
    /// Terms of permessage-deflate; off by default.
    pub deflate: DeflateConfig,
    /// Messages are delivered whole: parts are held until the last has come, up to `messages.message_max`.
    pub whole_messages: bool,
    /// Client: how many requests may wait for their responses (H1-CONN-13).
    pub pipeline_max: u8,
}

impl Config {
    /// The defaults for one role.
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            flags: 0,
            limits: Limits::DEFAULT,
            clocks: Clocks::DEFAULT,
            messages: MessageLimits::DEFAULT,
            deflate: DeflateConfig::DEFAULT,
            whole_messages: false,
            pipeline_max: 1,
        }
    }

    /// Whether a connection can keep what this allows: octets that one event shows are counted in 32 bits (H1-LIM-07), those held of a
    /// lend and a head as those of a whole message.
    pub fn check(&self) -> Result<(), Error> {
        let limits = &self.limits;
        let sizes = [limits.lend_max, limits.head.section_max, limits.head.target_max, limits.lend_max];
        let held: u64 = sizes.into_iter().map(u64::from).sum();
        if held > PLACE_MAX as u64 {
            return Err(LONG_LENDS.at(0));
        }
        if self.whole_messages && self.messages.message_max > PLACE_MAX as u64 {
            return Err(LONG_MESSAGES.at(0));
        }
        Ok(())
    }

    /// Whether a `policy` bit is set.
    pub const fn has(&self, bit: u32) -> bool {
        self.flags & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws_lim_01_whole_messages_are_no_longer_than_an_event_can_say() {
        let mut config = Config::new(Role::Server);
        config.messages.message_max = PLACE_MAX as u64 + 1;
        assert_eq!(config.check(), Ok(()), "parts are shown as they come");
        config.whole_messages = true;
        assert_eq!(config.check(), Err(LONG_MESSAGES.at(0)));
        config.messages.message_max -= 1;
        assert_eq!(config.check(), Ok(()));
    }

    #[test]
    fn h1_lim_07_what_is_held_has_places() {
        let mut config = Config::new(Role::Server);
        config.limits.lend_max = u32::MAX / 2 - config.limits.head.section_max;
        assert_eq!(config.check(), Ok(()));
        config.limits.lend_max = u32::MAX / 2;
        assert_eq!(config.check(), Err(LONG_LENDS.at(0)));
    }

    #[test]
    fn h1_lim_07_no_connection_is_made_without_places() {
        let mut config = Config::new(Role::Server);
        config.limits.lend_max = u32::MAX;
        let made = crate::conn::Conn::new(std::rc::Rc::new(config), 0);
        assert_eq!(made.err(), Some(LONG_LENDS.at(0)));
    }
}
