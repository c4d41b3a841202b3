//! Requests and responses by the fast and the full way: same result and same state, whatever the exchange.

use super::*;
use crate::http1::head::{Field, FieldSink, Scan, parse_request};
use crate::http1::machine::state::Side;
use crate::http1::machine::{Content, Plan, policy};
use crate::random::Random;

trait Choices {
    /// Usually one of the first two.
    fn of<T: Copy>(&mut self, all: &[T]) -> T;
    fn request(&mut self) -> String;
}

impl Choices for Random {
    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let end = [2, 2, 2, all.len()][self.below(4)];
        all[self.below(end)]
    }

    fn request(&mut self) -> String {
        let method = self.of(&["GET", "POST", "HEAD", "OPTIONS", "CONNECT", "get"]);
        let target = self.of(&["/", "/a?b", "*", "http://a/", "https://a/", "http://b:1", "a:1", "x"]);
        let version = self.of(&["1.1", "1.1", "1.0", "1.9"]);
        let host = self.of(&["a", "a:8080", "", "a, b", "a b", "b:1", "[::1]", "a\r\nHost: a"]);
        let mut head = format!("{method} {target} HTTP/{version}\r\nHost: {host}\r\n");
        if self.below(16) == 0 {
            head = format!("{method} {target} HTTP/{version}\r\n");
        }
        for _ in 0..self.below(3) {
            let line = self.of(&[
                "A: b",
                "Connection: keep-alive",
                "Connection: close",
                "Connection: upgrade",
                "Upgrade: x",
                "Content-Length: 0",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "Expect: 100-continue",
                "Expect: x",
                "Connection: keep-alive, close",
                "Content-Length: 99999999999",
                "Proxy-Connection: close",
            ]);
            head = head + line + "\r\n";
        }
        head + "\r\n"
    }
}

struct Nothing;

impl FieldSink for Nothing {
    fn push(&mut self, _: Field) -> bool {
        true
    }
}

/// A server's sides and messages.
#[derive(Clone, Debug)]
struct Machine {
    sides: Sides,
    exchange: Exchange,
}

impl Machine {
    fn server(&mut self) -> Server<'_> {
        Server::new(&mut self.sides, &mut self.exchange)
    }
}

/// The whole state.
fn facts(machine: &Machine) -> String {
    format!("{machine:?}")
}

/// Receives a request both ways; `false` if it is refused.
fn recv(machine: &mut Machine, random: &mut Random, known: &mut HostCache, plain: &mut u32) -> bool {
    let text = random.request();
    let limits = Limits { body_max: [1 << 30, 2][random.below(2)], ..Limits::DEFAULT };
    let rules = [
        0,
        policy::STRICT_HOST,
        policy::DEFAULT_AUTHORITY,
        policy::LENIENT_LENGTH_AND_CHUNKED,
        policy::SECURE,
        policy::TUNNELS,
    ];
    let parsed = parse_request(text.as_bytes(), &mut Scan::FRESH.clone(), &limits.head, &mut Nothing);
    let Ok(Some(parsed)) = parsed else { return false };
    let (before, mut fast) = (facts(machine), machine.clone());
    let heard = machine.server().recv_request(&parsed, text.as_bytes(), &limits, rules[random.below(rules.len())]);
    match recv_request_fast(&mut fast.sides, &parsed, text.as_bytes(), known) {
        Some(authority) => {
            assert_eq!(heard, Ok(HeadOutcome { authority, last: true, ..HeadOutcome::default() }), "{before}: {text}");
            assert_eq!(facts(&fast), facts(machine), "{before}: {text}");
            *plain += 1;
        }
        None => assert_eq!(facts(&fast), before, "{text}"),
    }
    heard.is_ok()
}

/// Responds both ways, if the fast one applies.
fn respond(machine: &mut Machine, random: &mut Random) {
    let len = [0, 1, u64::MAX][random.below(3)];
    if machine.sides.may_respond_fast() {
        let plan = machine.server().plan_response(200, Content::Whole(len), false, random.below(2) as u64);
        assert_eq!(plan, Ok(Plan::fast(len)), "{}", facts(machine));
        let mut full = machine.clone();
        assert_eq!(full.server().begin_response(&Plan::fast(len)), Ok(()));
        let mut fast = machine.clone();
        fast.sides.finish_response_fast();
        assert_eq!(facts(&fast), facts(&full), "{}", facts(machine));
    }
    let content = [Content::Whole(len), Content::Stream(None), Content::Stream(Some(0))][random.below(3)];
    let status = [200, 200, 204, 304, 404][random.below(5)];
    if let Ok(plan) = machine.server().plan_response(status, content, random.below(8) == 0, 3) {
        machine.server().begin_response(&plan).expect("it was planned");
    }
}

/// Other calls that change the state.
fn disturb(machine: &mut Machine, random: &mut Random) {
    match random.below(40) {
        0 => machine.sides.make_last(),
        1 => machine.sides.start_dropping(),
        2 => machine.sides.refuse_switch(),
        4 => machine.sides.fail(),
        5 => {
            machine.sides.stop_our_side();
            machine.exchange.stop_sending();
        }
        6 | 7 => _ = machine.exchange.end_our_message(&mut machine.sides),
        8..20 if machine.sides.peer_side() == Side::Body => _ = machine.exchange.end_peer_message(&mut machine.sides),
        20 => _ = machine.server().begin_interim(103),
        _ => {}
    }
}

#[test]
fn fast_and_full_exchanges_agree() {
    let (mut random, mut known, mut plain) = (Random::new(1), HostCache::new(), 0);
    for _ in 0..4_000 {
        let mut machine = Machine { sides: Sides::new(Role::Server), exchange: Exchange::NONE };
        for _ in 0..12 {
            disturb(&mut machine, &mut random);
            if random.below(2) == 0 && !recv(&mut machine, &mut random, &mut known, &mut plain) {
                break;
            }
            disturb(&mut machine, &mut random);
            if random.below(2) == 0 {
                respond(&mut machine, &mut random);
            }
        }
    }
    assert!(plain > 1_000, "{plain} requests were taken in one step");
}
