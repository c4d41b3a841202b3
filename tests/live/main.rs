//! The protocol cases against a running server: `examples-c/echo_server` behind a socket. What can be seen from there is
//! compared: the status codes, and whether the connection ends.
//!
//! Taken are the cases in which the peer only sends and ends, with default limits and the default answer. Where the case
//! is answered with 200, this server may know better (405, 404, 204): it is asked for what it does not have. Those of
//! WebSocket are in `websocket.rs`.
#![cfg(all(unix, feature = "service", feature = "capi"))]

#[path = "../support/c_build.rs"]
mod c_build;
#[path = "../support/rust_conn/mod.rs"]
mod rust_conn;
mod server;
#[allow(dead_code)] // shared with the other runners of cases
#[path = "../support/mod.rs"]
mod support;
mod websocket;

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use server::Server;

use support::bytes::show;
use support::case::{Case, Role, Setup, When};
use support::cuts::{Cut, commands};
use support::markdown;
use support::message::Message;
use support::step::Command;
use support::wire::{statuses, without_continue};

/// How long to look whether a connection that should stay open does.
const GRACE: Duration = Duration::from_millis(20);
/// A server that owes an answer for so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// Asked for behind a case after which the connection must be good for a next request.
const PROBE: &[u8] = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n";
const PROBED: &[u8] = b"Hello, World!";

/// What the connection should be after a case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// Ended by the server.
    Ended,
    /// Good for a next request.
    Idle,
    /// Within a message, or not said.
    Open,
}

fn after(case: &Case) -> After {
    let ended = |word: &String| word.split('|').all(|word| word == "shutdown" || word == "close");
    let has_ended = case.steps.iter().any(|step| matches!(step.command, Command::Eof { .. }));
    if case.expect.state.iter().any(ended) {
        After::Ended
    } else if case.expect.state.iter().any(|word| word == "idle") && !has_ended {
        After::Idle
    } else {
        After::Open
    }
}

/// Whether the server is set up so: it has no TLS, and the defaults.
fn is_servers(setup: &Setup) -> bool {
    setup.role == Role::Server && setup.settings.is_empty() && setup.tls.is_none()
}

/// Whether a socket shows what the case is about.
fn is_plain(case: &Case) -> bool {
    let setup = &case.setup;
    let is_default = is_servers(setup) && setup.flags.is_empty();
    let is_sending = |command: &Command| matches!(command, Command::Receive(_) | Command::Eof { clean: true });
    is_default
        && setup.opening.is_none()
        && setup.when == When::End
        && is_ok(&setup.answer)
        && case.expect.statuses.is_some()
        && case.steps.iter().all(|step| is_sending(&step.command))
}

/// A plain 200.
fn is_ok(answer: &Message) -> bool {
    answer.status == 200 && answer.fields.is_empty() && answer.content.is_none() && !answer.stream && !answer.close
}

/// Feeds a case to the server; answers what came back, and whether that was all there will be.
fn feed(server: &Server, case: &Case, cut: Cut) -> std::io::Result<(Vec<u8>, bool)> {
    let mut socket = TcpStream::connect(&server.address)?;
    socket.set_nodelay(true)?;
    for command in commands(case, cut) {
        let sent = match command {
            Command::Receive(bytes) => socket.write_all(&bytes),
            _ => socket.shutdown(Shutdown::Write),
        };
        // The server may have ended the connection by now, and says so to the reader.
        if sent.is_err() {
            break;
        }
        if cut != Cut::Whole {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    if after(case) == After::Idle {
        socket.write_all(PROBE)?;
    }
    receive(&mut socket, case)
}

/// What is owed is waited for; only then is it looked whether more comes, or the end.
fn receive(socket: &mut TcpStream, case: &Case) -> std::io::Result<(Vec<u8>, bool)> {
    let (after, owed) = (after(case), least(&wanted(case)));
    let (mut all, mut piece) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        let has_all = after == After::Open && statuses(&without_continue(&all)).len() >= owed;
        socket.set_read_timeout(Some(if has_all { GRACE } else { PATIENCE }))?;
        match socket.read(&mut piece) {
            Ok(0) => return Ok((all, true)),
            Ok(n) => all.extend_from_slice(&piece[..n]),
            Err(e) if e.kind() == ErrorKind::WouldBlock => return Ok((all, false)),
            Err(e) => return Err(e),
        }
        if after == After::Idle && all.ends_with(PROBED) {
            return Ok((all, false));
        }
    }
}

/// Whether one status of the case's list allows what was received.
fn allows(wanted: &str, (code, closes): &(String, bool)) -> bool {
    let one = |word: &str| {
        let (wanted, must_close) = word.strip_suffix("+close").map_or((word, false), |word| (word, true));
        let (wanted, may_close) = wanted.strip_suffix('?').map_or((wanted, must_close), |word| (word, true));
        let knows_better = wanted == "200" && ["204", "404", "405"].contains(&code.as_str());
        (wanted == code || knows_better) && (must_close == *closes || may_close && !must_close)
    };
    wanted.split('|').any(one)
}

/// The statuses of the final responses, that of the probe included.
fn wanted(case: &Case) -> Vec<&str> {
    let mut wanted: Vec<&str> = case.expect.statuses.iter().flatten().map(String::as_str).collect();
    wanted.retain(|word| !word.split('|').any(|one| one == "100") && *word != "none");
    if after(case) == After::Idle {
        wanted.push("200");
    }
    wanted
}

/// How many of them must come.
fn least(wanted: &[&str]) -> usize {
    wanted.iter().filter(|word| !word.split('|').any(|one| one == "none")).count()
}

fn check(case: &Case, output: &[u8], ended: bool) -> Result<(), String> {
    let output = without_continue(output);
    let wanted = wanted(case);
    let seen = statuses(&output);
    let least = least(&wanted);
    let is_right = wanted.iter().zip(&seen).all(|(wanted, seen)| allows(wanted, seen));
    if !is_right || !(least..=wanted.len()).contains(&seen.len()) {
        return Err(format!("wanted {wanted:?}, got {seen:?}"));
    }
    match after(case) {
        After::Ended if !ended => Err("the connection does not end".into()),
        After::Idle if ended => Err("the connection ends".into()),
        _ => Ok(()),
    }
}

#[test]
fn cases_over_a_socket() {
    let server = Server::start();
    let cases: Vec<Case> = markdown::cases().into_iter().filter(is_plain).collect();
    assert!(cases.len() > 300, "only {} cases", cases.len());
    let mut faults = Vec::new();
    for case in &cases {
        for cut in some_cuts(case) {
            let verdict = feed(&server, case, cut).map_err(|e| e.to_string()).and_then(|(output, ended)| {
                check(case, &output, ended).map_err(|e| format!("{e}, ended: {ended}\n    < {}", show(&output)))
            });
            faults.extend(verdict.err().map(|e| format!("{}, {cut:?}: {e}", case.name)));
        }
    }
    println!("{} cases", cases.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Whole, and each receive step in two halves.
fn some_cuts(case: &Case) -> Vec<Cut> {
    let halves = case.steps.iter().enumerate().filter_map(|(step, s)| match &s.command {
        Command::Receive(bytes) if bytes.len() > 1 => Some(Cut::At(step, bytes.len() / 2)),
        _ => None,
    });
    std::iter::once(Cut::Whole).chain(halves).collect()
}
