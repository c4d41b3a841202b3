//! Connection configs across the C ABI: zero is the default everywhere.

pub mod content;
mod faults;
pub mod http1;
pub mod websocket;

use crate::conn::Config;
use crate::error::{Error, Fault};
use crate::guard::{Clocks, HeadLimits, Limits};
use crate::http1::machine::Role;
use crate::websocket::extension::DeflateConfig;

use self::http1::{FLAGS, TARGET_FLAGS};
pub use self::http1::{
    WW_CONN_DEFAULT_AUTHORITY, WW_CONN_LENIENT_LENGTH_AND_CHUNKED, WW_CONN_LENIENT_TARGET, WW_CONN_SECURE,
    WW_CONN_STRICT_HOST, WW_CONN_STRICT_TARGET, WW_CONN_STRICT_TRAILERS, WW_CONN_TUNNELS,
};
use super::check::{prefix, slice};
use super::head::types::{flagged_rule, ww_span};
pub use super::role::{WW_ROLE_CLIENT, WW_ROLE_SERVER};
use super::tls_config::ww_tls_config;

/// A time of `ww_conn_config` that never runs out.
pub const WW_NEVER_MS: u32 = u32::MAX;

/// How a connection behaves. Start from WW_CONN_CONFIG_INIT; every zero is the default given here. Copied by the call.
/// Sizes are octets; times are milliseconds, WW_NEVER_MS switches one off.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ww_conn_config {
    /// sizeof(ww_conn_config); set by WW_CONN_CONFIG_INIT.
    pub size: usize,
    /// WW_ROLE_SERVER or WW_ROLE_CLIENT.
    pub role: u32,
    /// WW_CONN_* bits.
    pub flags: u32,
    /// The longest method, default 64, at most 65535 (over it: 501).
    pub method_max: u32,
    /// The longest request target, default 8192, at most 1 MiB (over it: 414).
    pub target_max: u32,
    /// The longest field line, default 8192, at most 65535 (over it: 431).
    pub line_max: u32,
    /// The longest field section, default 32768, at most 1 MiB (over it: 431).
    pub section_max: u32,
    /// The most fields, default 100, at most 4096 (over it: 431).
    pub fields_max: u32,
    /// The longest trailer section, default 8192, at most 1 MiB.
    pub trailers_max: u32,
    /// The most trailer fields, default 32, at most 4096.
    pub trailer_fields_max: u32,
    /// The longest chunk line, default 256, at most 1 MiB.
    pub chunk_line_max: u32,
    /// The most chunk extension octets of one message, default 4096.
    pub chunk_extensions_max: u32,
    /// Client: the most interim responses before a final one, default 16.
    pub interim_max: u32,
    /// Octets read and dropped behind a final response or an error, in whatever phase the connection is; default 16 MiB. While output
    /// waits to be sent then, at most `lend_max` of them.
    pub drain_max: u32,
    /// The most octets one ww_conn_receive() may lend, default 64 KiB, at most 16 MiB.
    pub lend_max: u32,
    /// Queued output above which writes answer WW_PAUSED, default 256 KiB, at most 1 GiB.
    pub high_water: u32,
    /// Queued output at which, or below, WW_EVENT_WRITABLE comes after that; default 64 KiB, or `high_water` where that is less; at most `high_water`.
    pub low_water: u32,
    /// The longest content of a message, default 16 MiB (over it a server answers 413, and a client ends the connection); UINT64_MAX: any. With WW_CONN_WHOLE_CONTENT it stays below 4 GiB together with the
    /// longest head and trailers that the limits above allow. ww_conn_limit_content() sets less for one request.
    pub body_max: u64,
    /// From the first octet of a head (a server's first: from ww_conn_new(), over TLS from the handshake) to its end, never extended;
    /// default 10,000.
    pub head_ms: u32,
    /// Between messages on a kept-alive connection; default 60,000. Server, where answer_ms is off: also how long after WW_EVENT_PEER_ENDED the
    /// response that is due may take to begin, since nobody may be there to wait for it.
    pub idle_ms: u32,
    /// Between two octets of content; default 30,000.
    pub body_ms: u32,
    /// The least octets of content per second after the first body_ms; default 100, WW_NEVER_MS: none.
    pub body_rate_min: u32,
    /// While the transport takes no octet of the queued output; default 30,000.
    pub write_ms: u32,
    /// After our half-close, while the peer sends nothing and does not end; default 5,000.
    pub linger_ms: u32,
    /// Client: the wait for 100 Continue; default 1,000.
    pub continue_ms: u32,
    /// Client: requests that may wait for their responses, default 1, at most 16.
    pub pipeline_max: u32,
    /// The most frames of one WebSocket message, default 10,000 (over it: close code 1008).
    pub fragments_max: u32,
    /// The longest WebSocket message, inflated where it was compressed; default 16 MiB (over it: close code 1009). At most 4 GiB less one
    /// octet without WW_CONN_MESSAGE_PARTS.
    pub message_max: u64,
    /// The longest WebSocket frame on the wire, default message_max (over it: close code 1009).
    pub frame_max: u64,
    /// WebSocket: from the peer's last frame to our Ping; default 30,000.
    pub ping_ms: u32,
    /// WebSocket: from our Ping to the peer's next frame, not counting time in which output waits to be sent; default 10,000.
    pub pong_ms: u32,
    /// WebSocket: from our Close, once it is sent, to the peer's, and from both to the end of the transport; default 10,000.
    pub close_ms: u32,
    /// permessage-deflate: how hard the compressor tries, 1 to 9; default 6.
    pub deflate_level: u8,
    /// permessage-deflate: log2 of the server's largest window, 8 to 15; default 15. With 8 bits this library
    /// compresses little: runs of an octet, and symbols by their frequency.
    pub server_window_bits: u8,
    /// permessage-deflate: log2 of the client's largest window, 8 to 15; default 15.
    pub client_window_bits: u8,
    /// 0.
    pub reserved: u8,
    /// TLS under the connection, of its role; NULL: none, octets are exchanged as they are. The connection keeps what it needs: the
    /// handle may be freed before it. In a server's config NULL: see ww_server_listen_tls().
    pub tls: *const ww_tls_config,
    /// Client with `tls`: the host it connects to, with or without a port, as ww_tls_new() has it. Else it is not looked at.
    pub server_name: ww_span,
    /// TLS: from ww_conn_new() to the end of the handshake, never extended; default 10,000. Other clocks that wait for the peer begin
    /// then.
    pub handshake_ms: u32,
    /// Client: from the end of a request, or of an interim response, to the first octet of the response head; default 300,000.
    pub response_ms: u32,
    /// The most octets that ww_conn_output() shows at a time, default 256 KiB. In a loop that reports a write only when all of it is done,
    /// it is what a peer has write_ms for.
    pub output_max: u32,
    /// From our half-close to the peer's end, whatever it sends; default 30,000.
    pub drain_ms: u32,
    /// Server: from the end of a request to the beginning of its final response. It is then answered with 503 and the connection ends with
    /// WW_E_TIMEOUT_RESPONSE. Interim responses do not extend it. Default: off, since the time is the application's own; once
    /// the peer has ended its side, idle_ms then takes its place.
    pub answer_ms: u32,
    /// 0.
    pub reserved_1: u32,
}

impl ww_conn_config {
    /// What the caller's struct says, whatever its version.
    ///
    /// # Safety
    /// `config` is null (all defaults) or points to a struct of the size its first member says.
    pub(super) unsafe fn read(config: *const Self) -> Result<Config, Error> {
        if config.is_null() {
            return Ok(Config::new(Role::Server));
        }
        // SAFETY: as the caller promises; all-zero octets are a valid value of this struct.
        unsafe { prefix(config) }?.convert()
    }

    /// What TLS is to lie under the connection, and whom a client connects to.
    ///
    /// # Safety
    /// As [`read`](Self::read); the TLS config and the name live during `'a`.
    pub(super) unsafe fn read_tls<'a>(config: *const Self) -> Result<Option<(&'a ww_tls_config, &'a [u8])>, Error> {
        if config.is_null() {
            return Ok(None);
        }
        // SAFETY: as in `read`.
        let c: Self = unsafe { prefix(config) }?;
        // SAFETY: null or a config of the caller's, which any thread may use.
        let Some(tls) = (unsafe { c.tls.as_ref() }) else { return Ok(None) };
        // SAFETY: as the caller promises.
        let name = unsafe { slice(c.server_name.data, c.server_name.len) }?;
        Ok(Some((tls, name)))
    }

    fn convert(&self) -> Result<Config, Error> {
        let role = match self.role {
            WW_ROLE_SERVER => Role::Server,
            WW_ROLE_CLIENT => Role::Client,
            _ => return Err(faults::ROLE.at(0)),
        };
        let known = FLAGS | TARGET_FLAGS | websocket::FLAGS | content::FLAGS;
        if self.flags & !known != 0 {
            return Err(faults::FLAGS.at(0));
        }
        if (self.reserved, self.reserved_1) != (0, 0) {
            return Err(faults::RESERVED.at(0));
        }
        let pipeline_max = u8::try_from(or(self.pipeline_max, 1)).map_err(|_| faults::PIPELINE_MAX.at(0))?;
        Ok(Config {
            role,
            flags: self.flags & FLAGS,
            limits: self.limits()?,
            clocks: self.clocks(),
            messages: websocket::messages(self.message_max, self.frame_max, self.fragments_max),
            deflate: self.deflate()?,
            delivery: websocket::delivery(self.flags),
            content: content::delivery(self.flags, role)?,
            pipeline_max,
        })
    }

    fn limits(&self) -> Result<Limits, Error> {
        self.check_ranges()?;
        let d = Limits::DEFAULT;
        let head = HeadLimits {
            method_max: or(self.method_max, d.head.method_max),
            target_max: or(self.target_max, d.head.target_max),
            line_max: or(self.line_max, d.head.line_max),
            section_max: or(self.section_max, d.head.section_max),
            fields_max: or(self.fields_max, d.head.fields_max),
            target: flagged_rule(self.flags, WW_CONN_STRICT_TARGET, WW_CONN_LENIENT_TARGET)
                .map_err(|_| faults::TARGETS.at(0))?,
        };
        let trailers = HeadLimits {
            section_max: or(self.trailers_max, d.trailers.section_max),
            fields_max: or(self.trailer_fields_max, d.trailers.fields_max),
            ..head
        };
        let high_water = or(self.high_water, d.high_water);
        let limits = Limits {
            head,
            trailers,
            chunk_line_max: or(self.chunk_line_max, d.chunk_line_max),
            chunk_extensions_max: or(self.chunk_extensions_max, d.chunk_extensions_max),
            body_max: or(self.body_max, d.body_max),
            interim_max: or(self.interim_max, d.interim_max),
            drain_max: or(self.drain_max, d.drain_max),
            lend_max: or(self.lend_max, d.lend_max),
            high_water,
            low_water: or(self.low_water, d.low_water.min(high_water)),
            output_max: or(self.output_max, d.output_max),
        };
        if limits.low_water > limits.high_water { Err(faults::LOW_WATER.at(0)) } else { Ok(limits) }
    }

    fn check_ranges(&self) -> Result<(), Error> {
        let ranges: [(u32, u32, &'static Fault); 11] = [
            (self.method_max, 65_535, &faults::METHOD_MAX),
            (self.target_max, 1 << 20, &faults::TARGET_MAX),
            (self.line_max, 65_535, &faults::LINE_MAX),
            (self.section_max, 1 << 20, &faults::SECTION_MAX),
            (self.fields_max, 4096, &faults::FIELDS_MAX),
            (self.trailers_max, 1 << 20, &faults::TRAILERS_MAX),
            (self.trailer_fields_max, 4096, &faults::TRAILER_FIELDS_MAX),
            (self.chunk_line_max, 1 << 20, &faults::CHUNK_LINE_MAX),
            (self.lend_max, 16 << 20, &faults::LEND_MAX),
            (self.high_water, 1 << 30, &faults::HIGH_WATER),
            (self.pipeline_max, 16, &faults::PIPELINE_MAX),
        ];
        let broken = ranges.iter().find(|(given, most, _)| given > most);
        broken.map_or(Ok(()), |(_, _, fault)| Err(fault.at(0)))
    }

    fn clocks(&self) -> Clocks {
        let d = Clocks::DEFAULT;
        Clocks {
            handshake_ms: time(self.handshake_ms, d.handshake_ms),
            head_ms: time(self.head_ms, d.head_ms),
            idle_ms: time(self.idle_ms, d.idle_ms),
            body_ms: time(self.body_ms, d.body_ms),
            body_rate_min: time(self.body_rate_min, d.body_rate_min),
            write_ms: time(self.write_ms, d.write_ms),
            linger_ms: time(self.linger_ms, d.linger_ms),
            response_ms: time(self.response_ms, d.response_ms),
            continue_ms: time(self.continue_ms, d.continue_ms),
            drain_ms: time(self.drain_ms, d.drain_ms),
            ping_ms: time(self.ping_ms, d.ping_ms),
            pong_ms: time(self.pong_ms, d.pong_ms),
            close_ms: time(self.close_ms, d.close_ms),
            answer_ms: time(self.answer_ms, d.answer_ms),
        }
    }

    fn deflate(&self) -> Result<DeflateConfig, Error> {
        let config =
            websocket::deflate(self.flags, self.deflate_level, self.server_window_bits, self.client_window_bits);
        if config.is_valid() { Ok(config) } else { Err(faults::DEFLATE.at(0)) }
    }
}

/// What is given, zero being the default.
fn or<T: Copy + Default + PartialEq>(given: T, default: T) -> T {
    if given == T::default() { default } else { given }
}

/// The core says 0 for a clock that is off.
fn time(given: u32, default: u32) -> u32 {
    if given == WW_NEVER_MS { 0 } else { or(given, default) }
}

#[cfg(all(test, target_pointer_width = "64"))]
mod tests;
