//! Connections that are idle beside some that are not, with clients in other processes.

use wireway::io::driver::Choice;

use crate::clients::Clients;
use crate::rounds::medians;
use crate::serving::Serving;
use crate::system::{cpu_time, raise_descriptors, resident};

const COUNTS: [usize; 2] = [100, 15_000];
/// Connections of one process, so that it needs no more descriptors than most may have.
const OF_PROCESS: usize = 5_000;
const ACTIVE: usize = 64;
/// Rounds of one request on each active connection, for one figure.
const REQUESTS: usize = 100;
const ROUNDS: usize = 21;

pub fn table() {
    let descriptors = raise_descriptors();
    let needed = COUNTS.iter().sum::<usize>() + 2 * ACTIVE + 200;
    if descriptors < needed {
        return println!("idle connections: {needed} descriptors are needed, and this process may have {descriptors}");
    }
    let mut at = vec![resident()];
    let mut sides = COUNTS.map(|count| {
        let side = Side::new(count);
        at.push(resident());
        side
    });
    // What a server has without connections counts on both sides.
    let memory = ((at[2] - at[1]) - (at[1] - at[0])) / (COUNTS[1] - COUNTS[0]) as f64;
    let costs = medians(COUNTS.len(), ROUNDS, |side| sides[side].measure());
    println!("{ACTIVE} active connections beside idle ones: CPU of the server, to {} idle ones", COUNTS[0]);
    for (count, cost) in COUNTS.iter().zip(&costs) {
        println!("{count:>12} idle {:>8.2} us a request {:>6.2}", cost / 1000.0, cost / costs[0]);
    }
    println!("{memory:>12.0} octets of memory for an idle connection");
}

/// A server with its clients.
struct Side {
    serving: Serving,
    active: Clients,
    _idle: Vec<Clients>,
}

impl Side {
    fn new(idle: usize) -> Self {
        let mut serving = Serving::new(Choice::Native);
        let mut connect = |count| {
            let clients = Clients::new(serving.address(), count);
            serving.run_until(&clients.done);
            clients
        };
        let parts = (0..idle).step_by(OF_PROCESS).map(|at| OF_PROCESS.min(idle - at));
        let idle_clients = parts.map(&mut connect).collect();
        let active = connect(ACTIVE);
        assert_eq!(serving.open(), (idle + ACTIVE) as u64);
        Self { serving, active, _idle: idle_clients }
    }

    /// The nanoseconds of CPU of one request.
    fn measure(&mut self) -> f64 {
        let (before, cpu) = (self.serving.requests(), cpu_time());
        self.active.start(REQUESTS);
        self.serving.run_until(&self.active.done);
        (cpu_time() - cpu).as_nanos() as f64 / (self.serving.requests() - before) as f64
    }
}
