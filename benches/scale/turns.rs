//! Turns of a server whose connections are simulated: each turn receives a request of each of some connections, responds, and
//! sets their timers, as over sockets, with a driver that makes no system call for it.

use wireway::io::driver::{Choice, Simulation};

use crate::rounds::medians;
use crate::serving::Serving;
use crate::system::cpu_nanos;

const COUNTS: [u32; 2] = [1_000, 1_000_000];
/// The connections that have turns while the others are idle.
const ACTIVE: u32 = 64;
/// Rounds of so many requests, for one figure.
const REQUESTS: u64 = 20_000;
const ROUNDS: usize = 20;

pub fn table() {
    println!("\nturns of simulated connections: medians in ns a request; beside {} connections (1.00: as fast)", COUNTS[0]);
    // Any: each request is of another one of all connections, which no cache holds.
    for (name, active) in [("64 of them", Some(ACTIVE)), ("any of them", None)] {
        let mut all = COUNTS.map(|count| Simulated::new(count, active.unwrap_or(count)));
        let costs = medians(COUNTS.len(), ROUNDS, |which| all[which].turns());
        for (count, cost) in COUNTS.iter().zip(&costs) {
            println!("{name:>12} {count:>9} connections {cost:>8.1} {:>7.2}", cost / costs[0]);
        }
    }
}

struct Simulated {
    serving: Serving,
}

impl Simulated {
    /// Connections that are idle behind their first exchange.
    fn new(connections: u32, active: u32) -> Self {
        let request = b"GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";
        let mut serving = Serving::new(Choice::Simulated(Simulation { connections, active, request }));
        serving.run_for(u64::from(connections));
        assert_eq!(serving.open(), u64::from(connections));
        Self { serving }
    }

    /// The nanoseconds of a request.
    fn turns(&mut self) -> f64 {
        cpu_nanos(|| self.serving.run_for(REQUESTS)) / REQUESTS as f64
    }
}
