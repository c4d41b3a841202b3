//! What a connection config says of WebSocket.

use crate::conn::Delivery;
use crate::guard::MessageLimits;
use crate::websocket::extension::DeflateConfig;

/// Config flag: agree to permessage-deflate (RFC 7692) where the peer does. It costs memory and time for each connection that uses it, and
/// the length of a message that mixes a secret with an attacker's text gives the secret away: see WW_SEND_UNCOMPRESSED.
pub const WW_CONN_DEFLATE: u32 = 1 << 16;
/// Config flag: the server forgets its compression window after each message, so that an idle connection keeps no compressor.
pub const WW_CONN_DEFLATE_SERVER_FORGETS: u32 = 1 << 17;
/// Config flag: the client forgets its compression window after each message, so that an idle connection keeps no inflater.
pub const WW_CONN_DEFLATE_CLIENT_FORGETS: u32 = 1 << 18;
/// Config flag: WebSocket messages come in parts, as they arrive. Without it each message is one event: what comes in several frames or
/// reads is gathered until its end, up to message_max and within messages_max of all connections; a message that lies whole in what was
/// received is not copied. WW_WS_HANDSHAKE_PARTS and WW_WS_HANDSHAKE_WHOLE decide for one connection.
pub const WW_CONN_MESSAGE_PARTS: u32 = 1 << 19;

/// The flags that are told here and not by the core's own bits.
pub(super) const FLAGS: u32 =
    WW_CONN_DEFLATE | WW_CONN_DEFLATE_SERVER_FORGETS | WW_CONN_DEFLATE_CLIENT_FORGETS | WW_CONN_MESSAGE_PARTS;

/// How messages are delivered.
pub(super) const fn delivery(flags: u32) -> Delivery {
    if flags & WW_CONN_MESSAGE_PARTS == 0 { Delivery::Whole } else { Delivery::Parts }
}

/// The limits of messages; zero is the default.
pub(super) fn messages(message_max: u64, frame_max: u64, fragments_max: u32) -> MessageLimits {
    let d = MessageLimits::DEFAULT;
    let or = |given: u64, default: u64| if given == 0 { default } else { given };
    MessageLimits {
        message_max: or(message_max, d.message_max),
        frame_max: or(frame_max, or(message_max, d.frame_max)),
        fragments_max: if fragments_max == 0 { d.fragments_max } else { fragments_max },
    }
}

/// What is offered and agreed to of permessage-deflate; a level and a window of zero are the default.
pub(super) fn deflate(flags: u32, level: u8, server_window_bits: u8, client_window_bits: u8) -> DeflateConfig {
    let d = DeflateConfig::DEFAULT;
    let or = |given: u8, default: u8| if given == 0 { default } else { given };
    DeflateConfig {
        enabled: flags & WW_CONN_DEFLATE != 0,
        level: or(level, d.level),
        server_max_window_bits: or(server_window_bits, d.server_max_window_bits),
        client_max_window_bits: or(client_window_bits, d.client_max_window_bits),
        server_no_context_takeover: flags & WW_CONN_DEFLATE_SERVER_FORGETS != 0,
        client_no_context_takeover: flags & WW_CONN_DEFLATE_CLIENT_FORGETS != 0,
    }
}
