//! A server over a driver with faults and its clients, in one thread. A seed decides all that they do, so that one which fails can be run again.

pub mod app;
pub mod client;
#[path = "../support/random.rs"]
pub mod random;
pub mod stream;

use std::time::{Duration, Instant};

use app::App;
use client::Client;
use random::Random;
use wireway::io::driver::{Choice, Faults};
use wireway::service::Config;

/// Longer than any seed takes on the busiest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What one run uses.
pub struct Scene {
    pub faults: Faults,
    /// The server is drained while clients are there.
    pub drains: bool,
    pub secure: Option<stream::Terms>,
}

/// Some content of this length, another one for each number.
pub fn pattern(number: usize, len: usize) -> Vec<u8> {
    (0..len).map(|at| (at * 7 + at / 251 + number * 13) as u8).collect()
}

/// Runs one scene to its end: each client gets what it asked for or, where connections break, the beginning of that.
pub fn play(scene: &Scene) {
    let seed = scene.faults.seed;
    let random = &mut Random::new(seed);
    let config = Config { driver: Choice::Fault(scene.faults), ..app::config() };
    let mut app = App::new(&config, scene, Random::new(seed ^ 0x5eed));
    let count = 1 + random.below(8);
    let mut clients: Vec<Client> = Vec::new();
    let mut may_break = scene.faults.breaks;
    let begun = Instant::now();
    while clients.len() < count || clients.iter().any(|client| !client.is_over()) {
        let is_drained = scene.drains && !app.is_drained() && random.below(20) == 0;
        while clients.len() < count && (is_drained || random.below(3) == 0) {
            clients.push(Client::new(clients.len(), app.address, scene, random));
        }
        if is_drained {
            app.drain();
            may_break = true;
        }
        clients.iter_mut().for_each(|client| client.act(random, may_break));
        app.serve();
        assert!(
            begun.elapsed() < PATIENCE,
            "seed {seed}: stuck: {:?}",
            clients.iter().map(Client::progress).collect::<Vec<_>>()
        );
    }
    drop(clients);
    if seed.is_multiple_of(4) {
        // Without a word: a driver that goes reads nothing of what goes after it.
        return drop(app);
    }
    app.end();
}
