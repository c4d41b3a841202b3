//! A taste of the fuzz targets over the C API: the same code with seeded inputs, on any compiler. `./dev fuzz conn_api` and
//! `./dev fuzz server_api` look further.
//!
//! In the environment: WIREWAY_SEED runs one seed, WIREWAY_SEEDS so many, WIREWAY_RECORDED the inputs in a folder of one's own; with
//! WIREWAY_TRACE a run says what it does.
#![cfg(all(feature = "capi", feature = "service", feature = "deflate", feature = "tls", target_os = "linux"))]

#[path = "../fuzz/src/api/mod.rs"]
mod api;
#[path = "api_random/watch.rs"]
mod watch;

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use watch::Watch;

#[test]
fn h1_conn_17_random_calls_on_connections() {
    run_seeds(2000, api::conn::run);
}

#[test]
fn h1_conn_17_random_calls_on_a_server() {
    run_seeds(150, api::server::run);
}

#[test]
fn h1_conn_17_recorded_calls_on_connections() {
    run_recorded("conn_api", api::conn::run);
}

#[test]
fn h1_conn_17_recorded_calls_on_a_server() {
    run_recorded("server_api", api::server::run);
}

/// Runs all seeds, and tells each kind of failure with the first seed that led to it.
fn run_seeds(seeds: u64, run: fn(&[u8])) {
    let seeds = match number("WIREWAY_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("WIREWAY_SEEDS").unwrap_or(seeds),
    };
    let watch = Watch::new();
    let mut failures = BTreeMap::new();
    for seed in seeds {
        let octets = api::input::seeded(seed);
        watch.begin(format!("seed {seed}"));
        if let Err(payload) = catch_unwind(|| run(&octets)) {
            let message = payload.downcast_ref::<String>().map(String::as_str);
            let message = message.or(payload.downcast_ref::<&str>().copied()).unwrap_or_default();
            failures.entry(message.to_owned()).or_insert((seed, 0)).1 += 1;
        }
    }
    assert!(failures.is_empty(), "failure, its first seed, how often: {failures:#?}");
}

/// Runs the inputs that led to faults, as files; `./dev fuzz` begins with them too.
fn run_recorded(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/recorded").join(target);
    let folder = std::env::var_os("WIREWAY_RECORDED").map_or(folder, PathBuf::from);
    let watch = Watch::new();
    let mut count = 0;
    for file in std::fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("an entry").path();
        watch.begin(path.display().to_string());
        run(&std::fs::read(&path).expect("an input"));
        count += 1;
    }
    assert!(count > 0, "nothing is recorded");
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}
