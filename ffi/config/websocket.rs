//! What a connection config says of WebSocket.

use super::{time, ww_conn_config};
use crate::error::Error;
use crate::ffi::check::ARGUMENT;
use crate::guard::{Clocks, MessageLimits};
use crate::websocket::extension::DeflateConfig;

/// Config flag: agree to permessage-deflate (RFC 7692) where the peer does. It costs memory and time for each connection that uses
/// it, and a message that mixes a secret with an attacker's text gives the secret away by its length: see WW_WS_UNCOMPRESSED.
pub const WW_CONN_DEFLATE: u32 = 65536;
/// Config flag: the server forgets its compression window after each message, so that an idle connection keeps no compressor.
pub const WW_CONN_DEFLATE_SERVER_FORGETS: u32 = 131072;
/// Config flag: the client forgets its compression window after each message, so that an idle connection keeps no inflater.
pub const WW_CONN_DEFLATE_CLIENT_FORGETS: u32 = 262144;
/// Config flag: WebSocket messages come whole, each as one event. Parts are held until the last has come, up to message_max.
pub const WW_CONN_WHOLE_MESSAGES: u32 = 524288;

/// The flags that are told here and not by the core's own bits.
pub(super) const FLAGS: u32 =
    WW_CONN_DEFLATE | WW_CONN_DEFLATE_SERVER_FORGETS | WW_CONN_DEFLATE_CLIENT_FORGETS | WW_CONN_WHOLE_MESSAGES;

impl ww_conn_config {
    pub(super) fn messages(&self) -> MessageLimits {
        let d = MessageLimits::DEFAULT;
        let or = |given: u64, default: u64| if given == 0 { default } else { given };
        MessageLimits {
            message_max: or(self.message_max, d.message_max),
            frame_max: or(self.frame_max, or(self.message_max, d.frame_max)),
            fragments_max: super::or(self.fragments_max, d.fragments_max),
        }
    }

    pub(super) fn deflate(&self) -> Result<DeflateConfig, Error> {
        let d = DeflateConfig::DEFAULT;
        let or = |given: u8, default: u8| if given == 0 { default } else { given };
        let config = DeflateConfig {
            enabled: self.flags & WW_CONN_DEFLATE != 0,
            level: or(self.deflate_level, d.level),
            server_max_window_bits: or(self.server_window_bits, d.server_max_window_bits),
            client_max_window_bits: or(self.client_window_bits, d.client_max_window_bits),
            server_no_context_takeover: self.flags & WW_CONN_DEFLATE_SERVER_FORGETS != 0,
            client_no_context_takeover: self.flags & WW_CONN_DEFLATE_CLIENT_FORGETS != 0,
        };
        if config.is_valid() { Ok(config) } else { Err(ARGUMENT) }
    }

    pub(super) fn websocket_clocks(&self, clocks: Clocks) -> Clocks {
        let d = Clocks::DEFAULT;
        Clocks {
            ping_ms: time(self.ping_ms, d.ping_ms),
            pong_ms: time(self.pong_ms, d.pong_ms),
            close_ms: time(self.close_ms, d.close_ms),
            ..clocks
        }
    }
}
