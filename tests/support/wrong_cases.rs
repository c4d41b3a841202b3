//! A case file that says what no run would be compared with is not read.

use super::case::Case;
use super::markdown::block_cases;

/// `above` and `below` with one line more each, where one is given.
fn parse(above: &str, below: &str) -> Result<Case, String> {
    let lines = |first: &str, more: &str| [first, more].map(String::from).into_iter().filter(|line| !line.is_empty());
    Case::parse(
        "H1-LINE-01",
        "a case".into(),
        &lines("recv x", above).collect::<Vec<_>>(),
        &lines("status 200", below).collect::<Vec<_>>(),
    )
}

fn all_wrong(above: &[&str], below: &[&str]) {
    above.iter().for_each(|line| assert!(parse(line, "").is_err(), "above: {line:?}"));
    below.iter().for_each(|line| assert!(parse("", line).is_err(), "below: {line:?}"));
}

#[test]
fn valid_lines_are_parsed() {
    let above = ["role client", "eof", "eof clean", "eof unclean", "set body_max 4294967296", "set head_ms 4294967295"];
    above.iter().for_each(|line| assert!(parse(line, "").is_ok(), "{line:?}"));
    let calls =
        ["respond 200 | stream | length 5 => State/refused", "close 65535 x", "finish A: b", "accept | subprotocol a"];
    calls.iter().for_each(|line| assert!(parse(line, "").is_ok(), "{line:?}"));
    let below = [
        "state -idle|open",
        "ERROR Host|Target 400|505 H1-TGT-01",
        "REQUEST GET / 1.0|1.1 host=a +close end x2",
        "failed WsFrame 1002",
    ];
    below.iter().for_each(|line| assert!(parse("", line).is_ok(), "{line:?}"));
}

#[test]
fn unknown_words_are_errors() {
    let above = [
        "role clint",
        "role",
        "eof uncleen",
        "answer never",
        "messages most",
        "tls 1.1",
        "check idel",
        "check",
        "check -",
    ];
    let below =
        ["state -shutdwon", "state", "status 20", "status 200 nnone", "?EROR Host", "peer-ended", "?RAW-END Truncatd"];
    all_wrong(&above, &below);
    all_wrong(
        &["respond 200 => Stat", "respond 200 => Ok/Stat", "frobnicate"],
        &["?ERROR Hots", "REQUEST GET / -upgrad", "REQUEST GET / hots=a", "REQUEST GET / 2.1", "REQUEST GET", "END x0"],
    );
}

#[test]
fn numbers_out_of_range_are_errors() {
    let above = [
        "close 65536",
        "close -1",
        "close +5",
        "respond 65536",
        "tick -1",
        "time x",
        "set head_ms 4294967296",
        "frames 8+",
        "frames 00*+5",
    ];
    all_wrong(
        &above,
        &[
            "failed WsFrame 66538",
            "failed WsFrame",
            "refused Host 4000",
            "CLOSE 65536",
            "memory -1",
            "ERROR Host 65536",
        ],
    );
}

#[test]
fn arguments_without_a_use_are_errors() {
    let plain = ["pause x", "resume x", "shutdown now", "abort x", "hold x", "release x", "close-notify x"];
    all_wrong(&plain, &[]);
    let parts = [
        "respond 200 | length 5",
        "respond 200 | expect",
        "request GET / a | subprotocol b",
        "accept | = x",
        "open / a | close",
    ];
    all_wrong(&parts, &[]);
    all_wrong(&["finish = x", "inform 103 | close", "inform 103 Early Hints", "eof => State", "tick 5 => State"], &[]);
}

/// `{V}` without values would stand for nothing, and values without `{V}` for the same case.
#[test]
fn each_has_its_values() {
    let read = |block: &[&str]| {
        let block: Vec<String> = block.iter().map(|line| line.to_string()).collect();
        block_cases("H1-LINE-01 a case", "here", &block).map(|cases| cases.len())
    };
    assert_eq!(read(&["each a | b", "recv {V}", "---", "status 200"]), Ok(2));
    assert_eq!(read(&["role both", "recv x", "---", "status 200"]), Ok(2));
    assert!(
        read(&["recv {V}", "---", "status 200"]).is_err()
            && read(&["each a | b", "recv x", "---", "status 200"]).is_err()
    );
    assert!(read(&["each a", "each b", "recv {V}", "---", "status 200"]).is_err());
    assert!(read(&["recv x", "status 200"]).is_err() && read(&["recv x", "---"]).is_err());
}
