//! A planner on a time line: reports at given times, and what it does at which time, both as text.
//!
//! `6a` is an address of IPv6, `4a` one of IPv4, `ma` the IPv4-mapped form of `4a`.

use super::error;
use crate::happy_eyeballs::{Action, Config, Family, Planner};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// No line takes longer.
const END: u64 = 100_000;

pub fn address(name: &str) -> SocketAddr {
    let [family, letter] = name.as_bytes() else { panic!("{name}") };
    let v4 = Ipv4Addr::new(192, 0, 2, *letter);
    let ip: IpAddr = match family {
        b'6' => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, (*letter).into()).into(),
        b'4' => v4.into(),
        _ => v4.to_ipv6_mapped().into(),
    };
    (ip, 443).into()
}

fn name(planner: &Planner, index: usize) -> String {
    let ip = planner.address(index).expect("an address").ip();
    let (family, letter) = match ip {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => ('6', v6.octets()[15]),
        IpAddr::V6(v6) => ('m', v6.octets()[15]),
        IpAddr::V4(v4) => ('4', v4.octets()[3]),
    };
    format!("{family}{}", char::from(letter))
}

pub struct Line {
    planner: Planner,
    log: Vec<String>,
}

impl Line {
    /// What a planner does on `reports`: `0 AAAA 6a 6b; 20 fail 6a 5`, by time.
    pub fn run(config: &Config, reports: &str) -> String {
        let mut line = Self { planner: Planner::new(config).expect("a planner"), log: Vec::new() };
        let mut now = 0;
        for report in reports.split("; ") {
            let words: Vec<&str> = report.split(' ').collect();
            let at = words[0].parse().expect("a time");
            line.act(now, at);
            now = at;
            line.report(now, words[1], &words[2..]);
        }
        line.act(now, END);
        line.log.join("; ")
    }

    /// Lets the planner act at each of its times from `now` to before `end`.
    fn act(&mut self, mut now: u64, end: u64) {
        while now < end {
            let action = match self.planner.next(now) {
                Action::Wait(until) => {
                    assert!(until > now, "it waits for {until} at {now}");
                    now = until;
                    continue;
                }
                Action::Connect(index) => format!("connect {}", name(&self.planner, index)),
                Action::Cancel(index) => format!("cancel {}", name(&self.planner, index)),
                Action::Won(index) => format!("won {}", name(&self.planner, index)),
                Action::Failed(error) => format!("failed {}", error.map_or(0, |error| error.offset)),
            };
            let is_end = action.starts_with("won") || action.starts_with("failed");
            let entry = format!("{now} {action}");
            if is_end {
                // It stays so, and is logged once.
                let end = action.as_str();
                if !self.log.last().is_some_and(|last| last.ends_with(end)) {
                    self.log.push(entry);
                }
                return;
            }
            self.log.push(entry);
        }
    }

    fn report(&mut self, now: u64, what: &str, words: &[&str]) {
        let addresses = || words.iter().map(|word| address(word)).collect::<Vec<_>>();
        let number = || error(words.last().and_then(|word| word.parse().ok()).unwrap_or(1));
        match what {
            "AAAA" => drop(self.planner.answer(Family::V6, &addresses(), now)),
            "A" => drop(self.planner.answer(Family::V4, &addresses(), now)),
            "AAAA-failed" => self.planner.resolution_failed(Family::V6, number()),
            "A-failed" => self.planner.resolution_failed(Family::V4, number()),
            "ok" => self.planner.connected(self.index(words[0])),
            "fail" => self.planner.attempt_failed(self.index(words[0]), number()),
            "abort" => self.planner.abort(),
            _ => panic!("{what}"),
        }
    }

    fn index(&self, of: &str) -> usize {
        (0..).find(|index| self.planner.address(*index).is_none_or(|found| found == address(of))).expect("an index")
    }
}
