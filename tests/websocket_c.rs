//! WebSocket rows of the ledger through the C API: `tests/cases/websocket.txt`, and the program of `tests/c/websocket/`.
#![cfg(all(unix, feature = "capi"))]

#[path = "support/c_build.rs"]
mod c_build;
#[path = "support/frames.rs"]
mod frames_file;
#[allow(dead_code)] // it is that of the Rust connection
#[path = "websocket/wire.rs"]
mod wire;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::LazyLock;

use frames_file::{FrameCase, cases};
use wire::{hex, masked, octets};

/// More than the blocks of one answer, less than any message that a header could announce.
const MEMORY: usize = 32 << 10;

static PROGRAM: LazyLock<PathBuf> =
    LazyLock::new(|| c_build::program("websocket_c", &["websocket", "harness.c", "memory.c"]));

/// Runs the program with these lines as its input; its output.
fn run(argument: &str, input: &str) -> String {
    let mut command = c_build::command(&PROGRAM);
    command.arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the program starts");
    process.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = process.wait_with_output().expect("it ends");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{argument}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}

fn row(row: &str) {
    let cases: Vec<FrameCase> = cases().into_iter().filter(|case| case.row == row).collect();
    assert!(!cases.is_empty(), "{row} has no case");
    let line = |case: &FrameCase| {
        let plain = octets(&case.frames);
        let wire = if case.how.starts_with("client") { plain } else { masked(&plain) };
        format!("{} | {}\n", case.how, hex(&wire))
    };
    let out = run("cases", &cases.iter().map(line).collect::<String>());
    assert_eq!(out.lines().count(), cases.len());
    for (case, line) in cases.iter().zip(out.lines()) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        assert_eq!(parts[..2], [&*case.events, &*case.out], "{}", case.place);
        assert!(parts[2].parse::<usize>().unwrap() < MEMORY, "{}: {line}", case.place);
    }
}

#[test]
fn ws_frm_05() {
    run("ws_frm_05", "");
}

#[test]
fn ws_frm_12() {
    row("WS-FRM-12");
}

#[test]
fn ws_ctl_04() {
    row("WS-CTL-04");
}

#[test]
fn ws_close_12() {
    row("WS-CLOSE-12");
}
