//! Configs of connections by an input: the defaults, and limits, marks and clocks that short inputs reach.

use wireway::ffi::config::content::*;
use wireway::ffi::config::websocket::*;
use wireway::ffi::config::*;
use wireway::ffi::head::types::ww_span;

use super::input::Input;
use super::octets::span;
use super::tls;

const MARKS: [(u32, u32); 6] = [(0, 0), (1, 1), (64, 32), (400, 100), (1000, 500), (1000, 1000)];
const LENDS: [u32; 4] = [0, 64, 512, 4096];
const FLAGS: [u32; 8] = [
    WW_CONN_TUNNELS,
    WW_CONN_DEFLATE,
    WW_CONN_MESSAGE_PARTS,
    WW_CONN_DEFLATE | WW_CONN_MESSAGE_PARTS | WW_CONN_TUNNELS,
    WW_CONN_DEFLATE | WW_CONN_DEFLATE_CLIENT_FORGETS | WW_CONN_DEFLATE_SERVER_FORGETS,
    WW_CONN_LENIENT_LENGTH_AND_CHUNKED | WW_CONN_STRICT_HOST | WW_CONN_STRICT_TRAILERS,
    WW_CONN_WHOLE_CONTENT,
    WW_CONN_WHOLE_CONTENT | WW_CONN_DEFLATE | WW_CONN_STRICT_TRAILERS,
];

/// What WW_CONN_CONFIG_INIT is.
pub fn defaults() -> ww_conn_config {
    // SAFETY: integers and pointers only.
    let mut config: ww_conn_config = unsafe { std::mem::zeroed() };
    config.size = size_of::<ww_conn_config>();
    config
}

/// A config of `role` without TLS, with the clocks that are the default.
pub fn plain(input: &mut Input, role: u32) -> ww_conn_config {
    let mut config = defaults();
    config.role = role;
    let of_servers = if role == WW_ROLE_CLIENT { WW_CONN_WHOLE_CONTENT } else { 0 };
    config.flags = input.of(&FLAGS) & !of_servers;
    (config.high_water, config.low_water) = input.of(&MARKS);
    config.lend_max = input.of(&LENDS);
    let octet = input.octet();
    config.pipeline_max = u32::from(octet & 3) * 2;
    if octet & 4 != 0 {
        shrink_limits(&mut config);
    }
    config
}

/// A config of `role`; `tls`: the version of the server's, 0 for none.
pub fn of(input: &mut Input, role: u32, tls: usize) -> ww_conn_config {
    let mut config = plain(input, role);
    if input.rarely(3) {
        shrink_clocks(&mut config);
    }
    if tls > 0 {
        config.tls = if role == WW_ROLE_CLIENT { tls::CLIENT.0 } else { tls::SERVER[tls - 1].0 };
        config.server_name = if role == WW_ROLE_CLIENT { span(tls::HOST) } else { ww_span { ..config.server_name } };
    }
    config
}

fn shrink_limits(config: &mut ww_conn_config) {
    config.target_max = 64;
    config.section_max = 512;
    config.fields_max = 12;
    config.trailers_max = 64;
    config.chunk_extensions_max = 24;
    config.interim_max = 2;
    config.drain_max = 100;
    config.body_max = 1000;
    config.fragments_max = 8;
    config.message_max = 3000;
}

fn shrink_clocks(config: &mut ww_conn_config) {
    config.head_ms = 100;
    config.response_ms = 150;
    config.idle_ms = 100;
    config.body_ms = 50;
    config.write_ms = 50;
    config.linger_ms = 30;
    config.continue_ms = 20;
    config.ping_ms = 60;
    config.pong_ms = 30;
    config.close_ms = 40;
    config.handshake_ms = 70;
}
