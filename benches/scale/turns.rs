//! Turns of simulated connections, without sockets: each receives a request, responds, has all of it sent, and sets its timer,
//! with one workspace and one wheel for all, as a server does.

use std::rc::Rc;

use wireway::conn::{Config, Conn, Event, NotReady, Response, Workspace};
use wireway::http1::machine::Role;
use wireway::io::timer::Wheel;
use wireway::memory::Heap;

use crate::rounds::medians;
use crate::system::cpu_nanos;

const COUNTS: [usize; 2] = [1_000, 1_000_000];
/// The connections that have turns while the others are idle.
const ACTIVE: usize = 64;
const TURNS: usize = 20_000;
const ROUNDS: usize = 20;

const REQUEST: &[u8] = b"GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";

pub fn table() {
    println!("\nturns of simulated connections: medians in ns each; beside {} connections (1.00: as fast)", COUNTS[0]);
    let mut all = COUNTS.map(Simulated::new);
    // Any: each turn is of another one of all connections, which no cache holds.
    for (name, active) in [("64 of them", Some(ACTIVE)), ("any of them", None)] {
        let costs = medians(COUNTS.len(), ROUNDS, |which| all[which].turns(active.unwrap_or(COUNTS[which])));
        for (count, cost) in COUNTS.iter().zip(&costs) {
            println!("{name:>12} {count:>9} connections {cost:>8.1} {:>7.2}", cost / costs[0]);
        }
    }
}

struct Simulated {
    connections: Vec<Conn>,
    ws: Workspace,
    wheel: Wheel,
    now: u64,
    /// The octets of one request, which a turn may change.
    lent: Vec<u8>,
}

impl Simulated {
    /// Connections that are idle behind their first exchange.
    fn new(count: usize) -> Self {
        let mut ws = Workspace::new(Heap::new(1 << 30), 64 << 20);
        ws.set_time(1_800_000_000);
        let config: Rc<Config> = ws.intern(&Config::new(Role::Server)).expect("memory");
        let connections = (0..count).map(|_| Conn::new(config.clone(), 0).expect("a config")).collect();
        let mut simulated = Self { connections, ws, wheel: Wheel::new(0), now: 0, lent: REQUEST.to_vec() };
        (0..count).for_each(|at| simulated.turn(at));
        simulated
    }

    /// The nanoseconds of a turn, of so many connections that lie all over the others.
    fn turns(&mut self, active: usize) -> f64 {
        let apart = self.connections.len() / active;
        self.now += 1;
        let all = || (0..TURNS).for_each(|turn| self.turn(scattered(turn) % active * apart));
        cpu_nanos(all) / TURNS as f64
    }

    fn turn(&mut self, at: usize) {
        let (conn, ws) = (&mut self.connections[at], &mut self.ws);
        self.lent.copy_from_slice(REQUEST);
        conn.receive(ws, self.lent.len(), self.now).expect("it reads");
        let event = conn.next(ws, &mut self.lent).expect("memory");
        assert_eq!(event, Ok(Event::Request { last: true }));
        let response =
            Response { status: 200, reason: &[], content: b"Hello, World!", stream: None, lent: None, close: false };
        conn.http1(ws).respond(&response, std::iter::empty()).expect("a response is due");
        assert_eq!(conn.next(ws, &mut self.lent).expect("memory"), Err(NotReady::Idle));
        assert!(conn.shown(ws).last_piece().is_some_and(|piece| piece.ends_with(b"Hello, World!")));
        let deadline = conn.sent_all(ws, self.now);
        let timer = u32::try_from(at).expect("few enough");
        if self.wheel.deadline(timer).is_none_or(|armed| deadline < armed) {
            self.wheel.arm(timer, deadline).expect("memory");
        }
    }
}

/// A number from a sequence without a pattern.
fn scattered(turn: usize) -> usize {
    turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}
