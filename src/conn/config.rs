//! What all connections of one kind have in common; shared, never changed.

use super::delivery::Delivery;
use crate::error::{Code, Error, Fault};
use crate::guard::{Clocks, Limits, MessageLimits};
use crate::http1::machine::Role;
use crate::narrow::PLACE_MAX;
use crate::websocket::extension::DeflateConfig;

static LONG_LENDS: Fault =
    Fault::new(Code::Argument, 0, c"H1-LIM-07", c"`lend_max` and the limits of heads allow more than can be held");
static LONG_MESSAGES: Fault = Fault::new(
    Code::Argument,
    0,
    c"WS-LIM-01",
    c"`message_max` is above 4 GiB less one octet, and messages come whole",
);
static LONG_CONTENT: Fault =
    Fault::new(Code::Argument, 0, c"H1-LIM-06", c"`body_max` is above 4 GiB less heads, and requests come whole");

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
    /// How messages are delivered where a handshake says nothing of it; whole ones are gathered up to `messages.message_max`.
    pub delivery: Delivery,
    /// Server: how requests with content are delivered, unless something else is asked for; whole ones are gathered up to `limits.body_max`.
    pub content: Delivery,
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
            delivery: Delivery::Whole,
            content: Delivery::Parts,
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
        if self.content == Delivery::Whole {
            self.check_content(limits.body_max)?;
        }
        self.check_delivery(self.delivery)
    }

    /// Whether so much content can be gathered, behind its head and with trailers behind it.
    pub fn check_content(&self, max: u64) -> Result<(), Error> {
        let head = &self.limits.head;
        let sizes = [head.section_max, head.target_max, head.method_max, self.limits.trailers.section_max];
        let around: u64 = sizes.into_iter().map(u64::from).sum();
        // The rest of a request line, and the CRLF behind the trailers.
        if max.saturating_add(around + 64) > PLACE_MAX as u64 { Err(LONG_CONTENT.at(0)) } else { Ok(()) }
    }

    /// How the messages of a WebSocket are delivered whose handshake asks for this.
    pub fn delivery_of(&self, asked: Option<Delivery>) -> Result<Delivery, Error> {
        let delivery = asked.unwrap_or(self.delivery);
        self.check_delivery(delivery).map(|()| delivery)
    }

    /// Whether messages can be delivered so: what one event shows is counted in 32 bits.
    fn check_delivery(&self, delivery: Delivery) -> Result<(), Error> {
        let fits = delivery == Delivery::Parts || self.messages.message_max <= PLACE_MAX as u64;
        if fits { Ok(()) } else { Err(LONG_MESSAGES.at(0)) }
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
        assert_eq!(config.check(), Err(LONG_MESSAGES.at(0)), "whole is the default");
        config.delivery = Delivery::Parts;
        assert_eq!(config.check(), Ok(()), "parts are shown as they come");
        assert_eq!(config.check_delivery(Delivery::Whole), Err(LONG_MESSAGES.at(0)), "a handshake may ask for it");
        config.delivery = Delivery::Whole;
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
