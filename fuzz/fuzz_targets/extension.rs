//! Extension lists: what is read is of tokens and reads the same when written again; what is agreed keeps to the configuration.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wireway::websocket::extension::{self, DeflateConfig, Extension, extensions};

fuzz_target!(|data: &[u8]| {
    let Some((&[bits, flags], text)) = data.split_first_chunk() else { return };
    let config = DeflateConfig {
        enabled: flags & 1 == 0,
        level: 6,
        server_max_window_bits: 9 + bits % 7,
        client_max_window_bits: 9 + (bits >> 4) % 7,
        server_no_context_takeover: flags & 2 != 0,
        client_no_context_takeover: flags & 4 != 0,
    };
    let lines = || text.split(|&octet| octet == b'\n');
    lines().for_each(reads_as_it_is_written);
    serve(lines(), &config);
    accept(lines(), &config);
});

fn reads_as_it_is_written(line: &[u8]) {
    let mut written = Vec::new();
    for extension in extensions(line) {
        match extension {
            Ok(extension) => write(&extension, &mut written),
            Err(error) => return assert!(error.offset <= line.len() as u64),
        }
    }
    let mut again = Vec::new();
    extensions(&written).for_each(|extension| write(&extension.expect("it was made of tokens"), &mut again));
    assert_eq!(written, again);
}

fn write(extension: &Extension<'_>, to: &mut Vec<u8>) {
    to.extend_from_slice(extension.name);
    for param in extension.params() {
        to.push(b';');
        to.extend_from_slice(param.name);
        if let Some(value) = param.value {
            to.push(b'=');
            to.extend(value.octets());
        }
    }
    to.push(b',');
}

fn serve<'a>(lines: impl Iterator<Item = &'a [u8]>, config: &DeflateConfig) {
    let Ok(Some(answer)) = extension::respond(lines, config) else { return };
    let agreed = answer.agreed;
    assert!((9..=config.server_max_window_bits).contains(&agreed.our_window_bits));
    assert!((8..=config.client_max_window_bits).contains(&agreed.peer_window_bits));
    assert!(agreed.our_no_context_takeover || !config.server_no_context_takeover);
    reads_as_it_is_written(answer.value.as_bytes());
    assert_eq!(extensions(answer.value.as_bytes()).count(), 1);
}

fn accept<'a>(lines: impl Iterator<Item = &'a [u8]>, config: &DeflateConfig) {
    if let Ok(Some(agreed)) = extension::accept_response(lines, config) {
        assert!(config.enabled);
        assert!((9..=config.client_max_window_bits).contains(&agreed.our_window_bits));
        assert!((8..=config.server_max_window_bits).contains(&agreed.peer_window_bits));
        assert!(agreed.our_no_context_takeover || !config.client_no_context_takeover);
        assert!(agreed.peer_no_context_takeover || !config.server_no_context_takeover);
    }
}
