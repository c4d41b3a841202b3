//! Out of descriptors: the server goes on serving and accepts when there is room. One test in its own process, since it
//! lowers the process's limit.
#![cfg(all(feature = "service", unix))]

mod service_support;

use service_support::*;
use wireway::service::{Config, Event, EventKind, Next};

fn set_limit(descriptors: libc::rlim_t) {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: both calls are given our own struct.
    unsafe {
        assert_eq!(libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit), 0);
        limit.rlim_cur = descriptors.min(limit.rlim_max);
        assert_eq!(libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit), 0);
    }
}

#[test]
fn a_server_out_of_descriptors_serves_the_others_and_accepts_later() {
    let mut h = Harness::with(&Config { driver: readiness::readiness(), ..Config::new() });
    let (mut served, id) = h.connect();
    let mut waiting = client(h.address);
    get(&mut waiting, "/waiting");
    set_limit(3); // every number from 3 on is refused, whatever is open
    assert_eq!(h.server.next(Some(0)), Ok(Next::Timeout), "no event, no error, no spinning");
    h.settle();
    get(&mut served, "/served");
    assert_eq!(h.request(id), "/served");
    h.answer(id, "still");
    h.rest();
    expect_content(&mut served, "still");

    // Nothing is closed, so only a later try can help.
    set_limit(1024);
    let second = h.opened();
    assert_eq!(h.request(second), "/waiting");
    h.answer(second, "at last");
    h.rest();
    expect_content(&mut waiting, "at last");

    let mut third = client(h.address);
    get(&mut third, "/third");
    set_limit(3);
    assert_eq!(h.server.next(Some(0)), Ok(Next::Timeout));
    h.settle();
    set_limit(1024);
    drop(served);
    // Where the machine is slow the server may have tried again by itself before it hears of the end.
    let mut seen = Vec::new();
    while !seen.iter().any(|event: &Event| event.id == id && event.kind == EventKind::Closed(None)) {
        seen.push(h.event());
    }
    seen.extend(h.rest());
    assert!(seen.iter().any(|event| event.kind == EventKind::Opened), "a close makes room at once");
}
