//! The protocol cases against a running server: `examples-c/echo_server` behind a socket. What can be seen from there is
//! compared: the status codes, and whether the connection ends.
//!
//! Taken are the cases in which the peer only sends and ends, with default limits and the default answer. Where the case
//! is answered with 200, this server may know better (405, 404, 204): it is asked for what it does not have. Those of
//! WebSocket are in `websocket.rs`.
#![cfg(all(unix, feature = "service", feature = "capi"))]

#[path = "../support/c_build.rs"]
mod c_build;
mod line;
#[path = "../support/rust_conn/mod.rs"]
mod rust_conn;
mod server;
#[allow(dead_code)] // shared with the other runners of cases
#[path = "../support/mod.rs"]
mod support;
mod websocket;

use std::io::ErrorKind;
use std::time::Duration;

use line::{Line, PATIENCE};
use server::Server;

use support::bytes::show;
use support::case::{Case, Role, Setup, When};
use support::cuts::{Cut, commands, cuts};
use support::markdown;
use support::message::Message;
use support::step::Command;
use support::wire::{find, statuses, without_continue};

/// How long to look whether a connection that should stay open does.
const GRACE: Duration = Duration::from_millis(20);
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

/// Whether the server is set up so: it has the defaults.
fn is_servers(setup: &Setup) -> bool {
    setup.role == Role::Server && setup.settings.is_empty()
}

/// Whether a socket shows what the case is about.
fn is_plain(case: &Case) -> bool {
    let setup = &case.setup;
    let is_default = is_servers(setup) && setup.flags.is_empty();
    let is_sending =
        |command: &Command| matches!(command, Command::Receive(_) | Command::Tls(_) | Command::Eof { clean: true });
    let is_answered = setup.when == When::End || setup.when == When::Echo && setup.tls.is_some();
    is_default
        && setup.opening.is_none()
        && is_answered
        && is_ok(&setup.answer)
        && (case.expect.statuses.is_some() || setup.tls.is_some())
        && case.steps.iter().all(|step| is_sending(&step.command))
}

/// A plain 200.
fn is_ok(answer: &Message) -> bool {
    answer.status == 200 && answer.fields.is_empty() && answer.content.is_none() && !answer.stream && !answer.close
}

/// What came back of a case.
struct Outcome {
    output: Vec<u8>,
    /// That is all there will be.
    ended: bool,
    /// How TLS ended for the peer.
    peer: String,
}

/// Feeds a case to the server.
fn feed(server: &Server, case: &Case, cut: Cut) -> std::io::Result<Outcome> {
    let mut line = Line::connect(server, &case.setup, cut)?;
    let _ = commands(case, cut).iter().try_for_each(|command| line.carry(command));
    if after(case) == After::Idle {
        line.send(PROBE)?;
    }
    let (output, ended) = receive(&mut line, case)?;
    Ok(Outcome { output, ended, peer: line.end() })
}

/// What is owed is waited for; only then is it looked whether more comes, or the end.
fn receive(line: &mut Line, case: &Case) -> std::io::Result<(Vec<u8>, bool)> {
    let (after, owed) = (after(case), least(&wanted(case)));
    let mut all = Vec::new();
    loop {
        let has_all = after == After::Open && statuses(&without_continue(&all)).len() >= owed;
        match line.read(if has_all { GRACE } else { PATIENCE }) {
            Ok(None) => return Ok((all, true)),
            Ok(Some(piece)) => all.extend_from_slice(&piece),
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

fn check(case: &Case, outcome: &Outcome) -> Result<(), String> {
    if case.setup.tls.is_some() {
        check_tls(case, outcome)?;
    }
    let ended = outcome.ended;
    let output = without_continue(&outcome.output);
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

/// What TLS says and how it ends, which does not depend on the application.
fn check_tls(case: &Case, outcome: &Outcome) -> Result<(), String> {
    let expect = &case.expect;
    if let Some(missing) = expect.has.iter().find(|bytes| find(&outcome.output, bytes).is_none()) {
        return Err(format!("the output lacks {}", show(missing)));
    }
    if expect.output.as_ref().is_some_and(|wanted| *wanted != outcome.output) {
        return Err("another output".into());
    }
    match &expect.peer {
        Some(wanted) if *wanted != outcome.peer => Err(format!("TLS ended by {:?}, not {wanted:?}", outcome.peer)),
        _ => Ok(()),
    }
}

/// Runs these cases at these cuts.
fn run(server: &Server, cases: &[Case], cuts: fn(&Case) -> Vec<Cut>) {
    let mut faults = Vec::new();
    for case in cases {
        for cut in cuts(case) {
            let verdict = feed(server, case, cut).map_err(|e| e.to_string()).and_then(|outcome| {
                let told = |e| format!("{e}, ended: {}\n    < {}", outcome.ended, show(&outcome.output));
                check(case, &outcome).map_err(told)
            });
            faults.extend(verdict.err().map(|e| format!("{}, {cut:?}: {e}", case.name)));
        }
    }
    println!("{} cases", cases.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Those over TLS, or those without it.
fn plain_cases(over_tls: bool) -> Vec<Case> {
    let is_taken = |case: &Case| is_plain(case) && case.is_built() && case.setup.tls.is_some() == over_tls;
    markdown::cases().into_iter().filter(is_taken).collect()
}

#[test]
fn cases_over_a_socket() {
    let cases = plain_cases(false);
    assert!(cases.len() > 300, "only {} cases", cases.len());
    run(&Server::start(), &cases, some_cuts);
}

#[cfg(feature = "tls")]
#[test]
fn tls_cases_over_a_socket() {
    let cases = plain_cases(true);
    assert!(cases.len() > 10, "only {} cases", cases.len());
    run(&Server::start_secured(), &cases, cuts);
}

/// Whole, and each receive step in two halves.
fn some_cuts(case: &Case) -> Vec<Cut> {
    let halves = case.steps.iter().enumerate().filter_map(|(step, s)| match &s.command {
        Command::Receive(bytes) if bytes.len() > 1 => Some(Cut::At(step, bytes.len() / 2)),
        _ => None,
    });
    std::iter::once(Cut::Whole).chain(halves).collect()
}
