//! The rows of the ledger, each as time lines: what is reported, and what the planner does.

use super::line::Line;
use crate::happy_eyeballs::{Config, Family};

fn check(config: &Config, rows: &[(&str, &str)]) {
    for (reports, expected) in rows {
        assert_eq!(&Line::run(config, reports), expected, "{reports}");
    }
}

fn defaults() -> Config {
    Config::default()
}

#[test]
fn he_01_families_take_turns() {
    check(
        &defaults(),
        &[
            ("0 AAAA 6a 6b; 0 A 4a 4b", "0 connect 6a; 250 connect 4a; 500 connect 6b; 750 connect 4b"),
            ("0 AAAA 6a 6b 6c; 0 A 4a", "0 connect 6a; 250 connect 4a; 500 connect 6b; 750 connect 6c"),
            ("0 AAAA 6a; 0 A 4a 4b 4c", "0 connect 6a; 250 connect 4a; 500 connect 4b; 750 connect 4c"),
            ("0 AAAA; 0 A 4a 4b", "0 connect 4a; 250 connect 4b"),
            ("0 A; 0 AAAA 6a 6b", "0 connect 6a; 250 connect 6b"),
        ],
    );
}

#[test]
fn he_01_the_first_family_may_have_more_attempts() {
    check(
        &Config { first_family_count: 2, ..defaults() },
        &[
            (
                "0 AAAA 6a 6b 6c; 0 A 4a 4b",
                "0 connect 6a; 250 connect 6b; 500 connect 4a; 750 connect 6c; 1000 connect 4b",
            ),
            ("0 AAAA 6a; 0 A 4a 4b", "0 connect 6a; 250 connect 4a; 500 connect 4b"),
            // An attempt of the other family is none of these.
            ("0 A 4a 4b; 100 AAAA 6a 6b", "50 connect 4a; 300 connect 6a; 550 connect 6b; 800 connect 4b"),
        ],
    );
}

#[test]
fn he_01_a_waits_for_aaaa() {
    check(
        &defaults(),
        &[
            // AAAA first: nothing is waited for.
            ("7 AAAA 6a", "7 connect 6a"),
            ("7 AAAA 6a; 90 A 4a", "7 connect 6a; 257 connect 4a"),
            // A first: as long as the delay lasts, and not from a second answer on.
            ("7 A 4a", "57 connect 4a"),
            ("7 A 4a; 40 A 4b", "57 connect 4a; 307 connect 4b"),
            ("7 A 4a; 56 AAAA 6a", "56 connect 6a; 306 connect 4a"),
            ("7 A 4a; 57 AAAA 6a", "57 connect 6a; 307 connect 4a"),
            ("7 A 4a; 58 AAAA 6a", "57 connect 4a; 307 connect 6a"),
            // No AAAA, for whatever reason: at once.
            ("7 A 4a; 20 AAAA", "20 connect 4a"),
            ("7 A 4a; 20 AAAA-failed", "20 connect 4a"),
            // A without addresses starts no wait.
            ("7 A; 900 AAAA 6a", "900 connect 6a"),
        ],
    );
    check(&Config { resolution_delay_ms: 0, ..defaults() }, &[("7 A 4a; 8 AAAA 6a", "7 connect 4a; 257 connect 6a")]);
}

#[test]
fn he_01_the_preferred_family_may_be_ipv4() {
    check(
        &Config { preferred: Family::V4, ..defaults() },
        &[
            ("0 AAAA 6a 6b; 0 A 4a 4b", "0 connect 4a; 250 connect 6a; 500 connect 4b; 750 connect 6b"),
            ("0 AAAA 6a; 60 A 4a", "50 connect 6a; 300 connect 4a"),
            ("0 A 4a", "0 connect 4a"),
        ],
    );
}

#[test]
fn he_01_late_addresses_and_duplicates() {
    check(
        &defaults(),
        &[
            ("0 AAAA 6a 6a; 0 A 4a 4a; 10 AAAA 6a", "0 connect 6a; 250 connect 4a"),
            // Late ones wait behind those of their family; one that was tried is not tried again.
            ("0 AAAA 6a 6b; 0 A; 10 AAAA 6c 6a", "0 connect 6a; 250 connect 6b; 500 connect 6c"),
            // The family that was late has its turn next.
            ("0 A 4a 4b; 100 AAAA 6a 6b", "50 connect 4a; 300 connect 6a; 550 connect 4b; 800 connect 6b"),
            // An IPv4-mapped address is of IPv4, and the same as the address in it.
            ("0 AAAA ma; 0 A 4a 4b", "0 connect ma; 250 connect 4b"),
            ("0 AAAA ma 6a; 0 A 4b", "0 connect 6a; 250 connect ma; 500 connect 4b"),
            // One that comes after everything failed, while a query is open.
            ("0 AAAA 6a; 5 fail 6a; 9 A 4a", "0 connect 6a; 9 connect 4a"),
        ],
    );
}

#[test]
fn he_01_one_family_leaves_room_for_the_other() {
    check(
        &Config { addresses_max: 2, ..defaults() },
        &[
            ("0 AAAA 6a 6b 6c 6d; 0 A 4a 4b 4c", "0 connect 6a; 250 connect 4a; 500 connect 6b; 750 connect 4b"),
            ("0 A; 0 AAAA 6a 6b 6c; 1 fail 6a 1; 2 fail 6b 2", "0 connect 6a; 1 connect 6b; 2 failed 2"),
        ],
    );
}

#[test]
fn he_02_attempts_are_staggered() {
    check(
        &Config { attempt_delay_ms: 100, ..defaults() },
        &[("3 AAAA 6a 6b; 3 A 4a", "3 connect 6a; 103 connect 4a; 203 connect 6b")],
    );
    check(&Config { attempt_delay_ms: 10, ..defaults() }, &[("3 AAAA 6a 6b", "3 connect 6a; 13 connect 6b")]);
    check(&Config { attempt_delay_ms: 2_000, ..defaults() }, &[("3 AAAA 6a 6b", "3 connect 6a; 2003 connect 6b")]);
}

#[test]
fn he_02_a_failure_starts_the_next_at_once() {
    check(
        &defaults(),
        &[
            ("0 AAAA 6a; 0 A 4a; 20 fail 6a", "0 connect 6a; 20 connect 4a"),
            // The delay counts from that start on.
            ("0 AAAA 6a 6b; 0 A 4a; 20 fail 6a", "0 connect 6a; 20 connect 4a; 270 connect 6b"),
            // Any failure, not only that of the last attempt.
            ("0 AAAA 6a 6b; 0 A 4a; 260 fail 6a", "0 connect 6a; 250 connect 4a; 260 connect 6b"),
            // Each failure starts one attempt.
            (
                "0 AAAA 6a 6b 6c; 0 A 4a 4b; 260 fail 6a; 260 fail 4a",
                "0 connect 6a; 250 connect 4a; 260 connect 6b; 260 connect 4b; 510 connect 6c",
            ),
            // It counts once for one attempt, and not for one that did not start.
            ("0 AAAA 6a 6b 6c; 5 fail 6a; 5 fail 6a; 6 fail 6c", "0 connect 6a; 5 connect 6b; 255 connect 6c"),
            // Where nothing waited, the next address that comes is tried at once, and it alone.
            (
                "0 AAAA 6a 6b 6c; 510 fail 6a; 511 fail 6b; 520 A 4a 4b",
                "0 connect 6a; 250 connect 6b; 500 connect 6c; 520 connect 4a; 770 connect 4b",
            ),
        ],
    );
}

#[test]
fn he_02_attempts_in_flight_are_bounded() {
    check(
        &Config { attempts_max: 2, ..defaults() },
        &[
            ("0 A; 0 AAAA 6a 6b 6c 6d; 700 fail 6a", "0 connect 6a; 250 connect 6b; 700 connect 6c"),
            ("0 A; 0 AAAA 6a 6b 6c; 700 ok 6a", "0 connect 6a; 250 connect 6b; 700 cancel 6b; 700 won 6a"),
        ],
    );
}

#[test]
fn he_03_the_first_success_wins() {
    check(
        &defaults(),
        &[
            ("0 AAAA 6a; 0 A 4a; 300 ok 4a", "0 connect 6a; 250 connect 4a; 300 cancel 6a; 300 won 4a"),
            ("0 AAAA 6a; 0 A 4a; 30 ok 6a", "0 connect 6a; 30 won 6a"),
            // The second success of the same moment is cancelled.
            ("0 AAAA 6a; 0 A 4a; 300 ok 6a; 300 ok 4a", "0 connect 6a; 250 connect 4a; 300 cancel 4a; 300 won 6a"),
            // Reports that cross a cancel, and answers that come late, change nothing.
            (
                "0 AAAA 6a; 0 A 4a; 300 ok 4a; 310 ok 6a; 320 fail 4a; 330 AAAA 6b",
                "0 connect 6a; 250 connect 4a; 300 cancel 6a; 300 won 4a",
            ),
            // One that failed is not cancelled.
            ("0 AAAA 6a; 0 A 4a; 300 ok 4a; 300 fail 6a", "0 connect 6a; 250 connect 4a; 300 won 4a"),
            // One that never started cannot win.
            ("0 AAAA 6a; 0 A 4a; 30 ok 4a; 40 ok 6a", "0 connect 6a; 40 won 6a"),
        ],
    );
}

#[test]
fn he_03_without_a_success_the_last_error_is_told() {
    check(
        &defaults(),
        &[
            ("0 AAAA 6a; 0 A 4a; 20 fail 6a 7; 30 fail 4a 8", "0 connect 6a; 20 connect 4a; 30 failed 8"),
            // An attempt's error says more than that of a query.
            ("0 AAAA 6a; 20 fail 6a 7; 30 A-failed 9", "0 connect 6a; 30 failed 7"),
            ("0 AAAA-failed 4; 30 A-failed 9", "30 failed 9"),
            ("0 AAAA-failed 4; 30 A", "30 failed 4"),
            ("0 AAAA; 30 A", "30 failed 0"),
            // While a query is open nothing has failed.
            ("0 AAAA 6a; 20 fail 6a 7", "0 connect 6a"),
        ],
    );
}

#[test]
fn he_03_who_gives_up_has_nothing_in_flight() {
    check(
        &defaults(),
        &[
            (
                "0 AAAA 6a 6b; 0 A 4a; 20 fail 6a 7; 300 abort",
                "0 connect 6a; 20 connect 4a; 270 connect 6b; 300 cancel 6b; 300 cancel 4a; 300 failed 7",
            ),
            // What fails after that says nothing of why it ended.
            ("0 AAAA 6a; 10 abort; 10 fail 6a 9", "0 connect 6a; 10 failed 0"),
            ("0 AAAA 6a; 10 abort; 20 ok 6a", "0 connect 6a; 10 cancel 6a; 10 failed 0"),
            ("0 AAAA 6a; 10 ok 6a; 20 abort", "0 connect 6a; 10 won 6a"),
            ("0 abort", "0 failed 0"),
        ],
    );
}
