mod line;
mod model;
mod vectors;
mod walk;

use super::{Action, Config, Family, Planner};
use crate::error::{Code, Error, Fault};
use core::net::{SocketAddr, SocketAddrV6};

static FAULT: Fault = Fault::new(Code::System, 0, c"", c"a system call failed");

/// An error that can be told from others.
fn error(number: u64) -> Error {
    FAULT.at(number)
}

fn refuses(config: Config, says: &str) {
    let error = Planner::new(&config).expect_err(says);
    assert_eq!(error.code(), Code::Argument);
    assert!(error.fault.reason.to_string_lossy().contains(says), "{error}");
}

#[test]
fn every_number_has_its_range() {
    let ok = Config::default();
    assert!(Planner::new(&ok).is_ok());
    for attempt_delay_ms in [0, 9, 2_001, u32::MAX] {
        refuses(Config { attempt_delay_ms, ..ok }, "delay between");
    }
    refuses(Config { resolution_delay_ms: 2_001, ..ok }, "wait for the preferred");
    for number in [0, 257] {
        refuses(Config { first_family_count: number, ..ok }, "attempts of the first family");
        refuses(Config { addresses_max: number, ..ok }, "addresses of a family");
    }
    for attempts_max in [0, 65] {
        refuses(Config { attempts_max, ..ok }, "attempts at a time");
    }
    let least = Config {
        first_family_count: 1,
        resolution_delay_ms: 0,
        attempt_delay_ms: 10,
        addresses_max: 1,
        attempts_max: 1,
        ..ok
    };
    let greatest = Config {
        first_family_count: 256,
        resolution_delay_ms: 2_000,
        attempt_delay_ms: 2_000,
        addresses_max: 256,
        attempts_max: 64,
        ..ok
    };
    assert!(Planner::new(&least).is_ok() && Planner::new(&greatest).is_ok());
}

/// How many of two addresses are different ones.
fn different(one: SocketAddr, other: SocketAddr) -> usize {
    let mut planner = Planner::new(&Config::default()).expect("a planner");
    planner.answer(Family::V6, &[one, other], 0)
}

#[test]
fn he_01_duplicates_are_addresses_that_a_connect_cannot_tell_apart() {
    let v4 = |text: &str| text.parse::<SocketAddr>().expect(text);
    let v6 = |ip: &str, flow, scope| SocketAddr::V6(SocketAddrV6::new(ip.parse().expect(ip), 443, flow, scope));
    assert_eq!(different(v4("192.0.2.1:443"), v4("192.0.2.1:443")), 1);
    assert_eq!(different(v4("192.0.2.1:443"), v4("192.0.2.1:80")), 2);
    assert_eq!(different(v4("192.0.2.1:443"), v6("::ffff:192.0.2.1", 0, 0)), 1);
    assert_eq!(different(v4("192.0.2.1:443"), v6("::ffff:192.0.2.1", 0, 2)), 1);
    assert_eq!(different(v6("fe80::1", 0, 2), v6("fe80::1", 7, 2)), 1);
    assert_eq!(different(v6("fe80::1", 0, 2), v6("fe80::1", 0, 3)), 2);
}

#[test]
fn he_02_a_time_that_goes_back_shortens_no_delay() {
    let mut planner = Planner::new(&Config::default()).expect("a planner");
    planner.answer(Family::V6, &[line::address("6a"), line::address("6b")], 1_000);
    assert_eq!(planner.next(400), Action::Connect(0));
    assert_eq!(planner.next(700), Action::Wait(1_250));
    assert_eq!(planner.next(1_250), Action::Connect(1));
}

#[test]
fn an_index_keeps_its_address() {
    let mut planner = Planner::new(&Config::default()).expect("a planner");
    assert_eq!(planner.address(0), None);
    planner.answer(Family::V4, &[line::address("4a")], 0);
    planner.answer(Family::V6, &[line::address("6a")], 0);
    assert_eq!((planner.address(0), planner.address(1)), (Some(line::address("4a")), Some(line::address("6a"))));
    assert_eq!(planner.next(0), Action::Connect(1));
    assert_eq!(planner.address(2), None);
}
