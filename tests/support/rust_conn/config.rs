//! The config of a case: settings by their names in `ww_conn_config`, flags by those of `WW_CONN_*`.

use wireway::conn::{Config, Delivery};
use wireway::guard::{HeadLimits, TargetRule};
use wireway::http1::machine::{Role, policy};
use wireway::websocket::extension::DeflateConfig;

use crate::support::case::{self, Setup};

pub fn of(setup: &Setup) -> Result<Config, String> {
    let role = if setup.role == case::Role::Client { Role::Client } else { Role::Server };
    let mut config = Config::new(role);
    config.delivery = setup.whole.map_or(config.delivery, delivery);
    for (name, value) in &setup.settings {
        set(&mut config, name, *value)?;
    }
    for name in &setup.flags {
        if let Some((_, rule)) = TARGET_RULES.iter().find(|rule| rule.0 == name) {
            config.limits.head.target = *rule;
            continue;
        }
        if let Some((_, term)) = DEFLATE_FLAGS.iter().find(|flag| flag.0 == name) {
            *term(&mut config.deflate) = true;
            continue;
        }
        if name == "whole-content" {
            config.content = Delivery::Whole;
            continue;
        }
        let known = FLAGS.iter().find(|flag| flag.0 == name);
        config.flags |= known.ok_or_else(|| format!("an unknown flag: {name}"))?.1;
    }
    let limits = &mut config.limits;
    limits.trailers =
        HeadLimits { section_max: limits.trailers.section_max, fields_max: limits.trailers.fields_max, ..limits.head };
    Ok(config)
}

fn set(config: &mut Config, name: &str, value: u64) -> Result<(), String> {
    match name {
        "body_max" => config.limits.body_max = value,
        // A frame may be as long as a message, unless `frame_max` follows.
        "message_max" => (config.messages.message_max, config.messages.frame_max) = (value, value),
        "frame_max" => config.messages.frame_max = value,
        _ => return set_narrow(config, name, value),
    }
    Ok(())
}

fn set_narrow(config: &mut Config, name: &str, value: u64) -> Result<(), String> {
    let narrow = u32::try_from(value).map_err(|e| format!("{name} {value}: {e}"))?;
    if let Some((_, octet)) = OCTETS.iter().find(|octet| octet.0 == name) {
        *octet(config) = u8::try_from(value).map_err(|e| format!("{name} {value}: {e}"))?;
    } else if let Some((_, clock)) = CLOCKS.iter().find(|clock| clock.0 == name) {
        // `WW_NEVER_MS`, which the core calls 0.
        *clock(config) = if narrow == u32::MAX { 0 } else { narrow };
    } else {
        let (_, limit) = LIMITS.iter().find(|limit| limit.0 == name).ok_or_else(|| format!("no setting {name}"))?;
        *limit(config) = narrow;
    }
    Ok(())
}

type Setting = (&'static str, fn(&mut Config) -> &mut u32);

fn delivery(whole: bool) -> Delivery {
    if whole { Delivery::Whole } else { Delivery::Parts }
}

type Octet = (&'static str, fn(&mut Config) -> &mut u8);

const OCTETS: [Octet; 4] = [
    ("pipeline_max", |c| &mut c.pipeline_max),
    ("deflate_level", |c| &mut c.deflate.level),
    ("server_window_bits", |c| &mut c.deflate.server_max_window_bits),
    ("client_window_bits", |c| &mut c.deflate.client_max_window_bits),
];

const LIMITS: [Setting; 15] = [
    ("method_max", |c| &mut c.limits.head.method_max),
    ("target_max", |c| &mut c.limits.head.target_max),
    ("line_max", |c| &mut c.limits.head.line_max),
    ("section_max", |c| &mut c.limits.head.section_max),
    ("fields_max", |c| &mut c.limits.head.fields_max),
    ("trailers_max", |c| &mut c.limits.trailers.section_max),
    ("trailer_fields_max", |c| &mut c.limits.trailers.fields_max),
    ("chunk_line_max", |c| &mut c.limits.chunk_line_max),
    ("chunk_extensions_max", |c| &mut c.limits.chunk_extensions_max),
    ("interim_max", |c| &mut c.limits.interim_max),
    ("drain_max", |c| &mut c.limits.drain_max),
    ("lend_max", |c| &mut c.limits.lend_max),
    ("high_water", |c| &mut c.limits.high_water),
    ("low_water", |c| &mut c.limits.low_water),
    ("fragments_max", |c| &mut c.messages.fragments_max),
];

const CLOCKS: [Setting; 15] = [
    ("head_ms", |c| &mut c.clocks.head_ms),
    ("idle_ms", |c| &mut c.clocks.idle_ms),
    ("body_ms", |c| &mut c.clocks.body_ms),
    ("body_rate_min", |c| &mut c.clocks.body_rate_min),
    ("write_ms", |c| &mut c.clocks.write_ms),
    ("linger_ms", |c| &mut c.clocks.linger_ms),
    ("drain_ms", |c| &mut c.clocks.drain_ms),
    ("answer_ms", |c| &mut c.clocks.answer_ms),
    ("continue_ms", |c| &mut c.clocks.continue_ms),
    ("response_ms", |c| &mut c.clocks.response_ms),
    ("output_max", |c| &mut c.limits.output_max),
    ("ping_ms", |c| &mut c.clocks.ping_ms),
    ("pong_ms", |c| &mut c.clocks.pong_ms),
    ("close_ms", |c| &mut c.clocks.close_ms),
    ("handshake_ms", |c| &mut c.clocks.handshake_ms),
];

const TARGET_RULES: [(&str, TargetRule); 2] =
    [("strict-target", TargetRule::Strict), ("lenient-target", TargetRule::Lenient)];

const FLAGS: [(&str, u32); 6] = [
    ("lenient-length-and-chunked", policy::LENIENT_LENGTH_AND_CHUNKED),
    ("strict-host", policy::STRICT_HOST),
    ("strict-trailers", policy::STRICT_TRAILERS),
    ("default-authority", policy::DEFAULT_AUTHORITY),
    ("secure", policy::SECURE),
    ("tunnels", policy::TUNNELS),
];

type Term = (&'static str, fn(&mut DeflateConfig) -> &mut bool);

const DEFLATE_FLAGS: [Term; 3] = [
    ("deflate", |d| &mut d.enabled),
    ("deflate-server-forgets", |d| &mut d.server_no_context_takeover),
    ("deflate-client-forgets", |d| &mut d.client_no_context_takeover),
];
