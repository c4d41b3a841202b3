//! The cases of WebSocket rows. The server sends every message back; what it sends is read by a client of the library, and must be what the
//! events of the case make of it: each whole message, a Pong for each Ping, one Close.
//!
//! Taken are the cases of servers with default limits in which the peer only sends and ends.

use std::io::ErrorKind;

use crate::line::{Line, PATIENCE};
use crate::rust_conn::RustConn;
use crate::server::Server;
use crate::support::bytes::show;
use crate::support::call::Call;
use crate::support::case::{Case, Role, Setup, When, is_message};
use crate::support::cuts::{Cut, commands, cuts};
use crate::support::expect::Expected;
use crate::support::frames;
use crate::support::log::Event;
use crate::support::markdown;
use crate::support::opening::Opening;
use crate::support::run::{Output, Subject};
use crate::support::step::{Command, Step};
use crate::support::tls_command::TlsCommand;
use crate::support::websocket_call::WebSocketCall;
use crate::support::wire::{find, statuses};
use crate::{is_servers, some_cuts};

/// The row about windows that live on: this server forgets its own.
const WINDOWS: &str = "WS-PMD-04";
const DEFLATE: &str = "deflate";
/// A Ping behind a case that leaves the connection open; its Pong is the last that comes.
const PROBE: &str = "89 05 70726f6265";
const PROBED: &[u8] = b"\x8a\x05probe";

/// Whether a socket shows what the case is about.
fn is_plain(case: &Case) -> bool {
    let setup = &case.setup;
    let has_websocket = setup.opening.is_some() || is_handshake(case);
    let is_default = is_servers(setup);
    // It agrees to permessage-deflate wherever a client offers it.
    let offers = setup.opening.as_ref().is_some_and(|opening| !opening.extensions.is_empty());
    let agrees = setup.flags.iter().any(|flag| flag == DEFLATE);
    let is_known = case.row != WINDOWS && setup.flags.iter().all(|flag| flag == DEFLATE) && (agrees || !offers);
    has_websocket
        && is_default
        && is_known
        && case.steps.iter().all(is_sending)
        && !case.expect.events.iter().any(|event| event.optional)
}

/// The server answers each request that offers an upgrade by an accept, and on its own terms of permessage-deflate.
fn is_handshake(case: &Case) -> bool {
    let accepts = |step: &Step| matches!(&step.command, Command::Call(_));
    // Other methods have resources of their own here.
    let is_get = |event: &Expected| ["GET", "+upgrade"].iter().all(|word| event.words.iter().any(|own| own == word));
    let is_upgrade = |event: &Expected| event.kind != "REQUEST" || is_get(event);
    let answers = case.setup.when == When::Accept || case.steps.iter().any(accepts);
    answers && case.expect.output.is_none() && case.expect.events.iter().all(is_upgrade) && !case.row.starts_with("H1-")
}

fn is_sending(step: &Step) -> bool {
    let is_accepting = |call: &WebSocketCall| match call {
        WebSocketCall::Accept(m) => m.subprotocol.is_empty() && m.fields.is_empty(),
        _ => false,
    };
    match &step.command {
        Command::Receive(_) | Command::Eof { clean: true } | Command::Check => true,
        Command::Call(Call::WebSocket(call)) => {
            is_accepting(call) && ["Ok", "WsHandshake"].contains(&&*step.expected[0])
        }
        _ => false,
    }
}

/// Whether the server ends the connection.
fn ends(case: &Case) -> bool {
    let is_end = |event: &Expected| event.kind == "CLOSE" || event.kind == "ERROR";
    let is_ended = |word: &String| word.split('|').all(|word| word == "shutdown" || word == "close");
    case.expect.events.last().is_some_and(is_end) || case.expect.state.iter().any(is_ended) || closes(case)
}

/// The answer to the handshake says so.
fn closes(case: &Case) -> bool {
    case.expect.statuses.iter().flatten().any(|status| status.ends_with("+close"))
}

/// Whether a WebSocket is opened.
fn opens(case: &Case) -> bool {
    case.setup.opening.is_some() || case.expect.statuses.iter().flatten().any(|status| status == "101")
}

/// Sends what the peer of a case sends, until the server has ended the connection.
fn send(line: &mut Line, case: &Case, cut: Cut) {
    let mut target = Some(b"/ws");
    let _ = commands(case, cut).into_iter().try_for_each(|command| line.carry(&aimed(command, &mut target)));
}

/// Feeds a case to the server; all that came back, and whether the connection was ended.
fn feed(server: &Server, case: &Case, cut: Cut) -> std::io::Result<(Vec<u8>, bool)> {
    let mut line = Line::connect(server, &case.setup, cut)?;
    send(&mut line, case, cut);
    if opens(case) && !ends(case) {
        line.send(&frames::masked(&frames::octets(PROBE).expect("a Ping")))?;
    }
    receive(&mut line, opens(case))
}

/// The first request is for what the server opens WebSockets at.
fn aimed(mut command: Command, target: &mut Option<&[u8; 3]>) -> Command {
    if let Command::Receive(bytes) | Command::Tls(TlsCommand::Seal { bytes, .. }) = &mut command
        && let Some(target) = target.take()
        && let Some(rest) = bytes.strip_prefix(b"GET / ")
    {
        *bytes = [b"GET ", &target[..], b" ", rest].concat();
    }
    command
}

/// All until the end, the probe's Pong, or a response that refuses the handshake.
fn receive(line: &mut Line, opens: bool) -> std::io::Result<(Vec<u8>, bool)> {
    let mut all = Vec::new();
    loop {
        match line.read(PATIENCE) {
            Ok(None) => return Ok((all, true)),
            Ok(Some(piece)) => all.extend_from_slice(&piece),
            Err(e) if e.kind() == ErrorKind::ConnectionReset => return Ok((all, true)),
            Err(e) => return Err(e),
        }
        if all.ends_with(PROBED) || !opens && statuses(&all).iter().any(|(_, closes)| !closes) {
            return Ok((all, false));
        }
    }
}

/// What a client of the library makes of the frames behind this head, as lines.
fn read_frames(head: &[u8], frames: &[u8]) -> Result<Vec<String>, String> {
    let head = String::from_utf8_lossy(head);
    let extensions = head.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Extensions: ")).unwrap_or_default();
    let opening = Opening { extensions: extensions.into() };
    let commands = [opening.commands(Role::Client), vec![Command::Receive(frames.to_vec())]].concat();
    let flags = if cfg!(feature = "deflate") { vec![DEFLATE.into()] } else { vec![] };
    let (role, when, whole) = (Role::Client, When::None, Some(true));
    let setup = Setup { role, when, whole, flags, opening: Some(opening), ..Setup::new() };
    let log = RustConn.run(&setup, &commands, Output::Whole)?;
    Ok(log.events.iter().filter(|event| event.kind != "END").map(line).collect())
}

fn line(event: &Event) -> String {
    let words = event.words.iter().map(|word| format!(" {}", show(word)));
    format!("{}{} {}", event.kind, words.collect::<String>(), show(&event.data))
}

/// What the server must send, as lines; each may name alternatives of a code.
fn wanted(case: &Case) -> Vec<String> {
    let mut lines = Vec::new();
    let mut message: Option<(&str, Vec<u8>)> = None;
    for event in &case.expect.events {
        let data = event.data.clone().unwrap_or_default();
        match event.kind.as_str() {
            kind if is_message(kind) => message.get_or_insert((kind, Vec::new())).1.extend(data),
            "END" => lines.extend(message.take().map(|(kind, data)| format!("{kind} {}", show(&data)))),
            "PING" => lines.push(format!("PONG {}", show(&data))),
            "CLOSE" => lines.push(format!("CLOSE {} ", event.words[0].replace("1010", "1000"))),
            "ERROR" if event.words[1] != "1006" => lines.push(format!("CLOSE {} ", event.words[1])),
            _ => {}
        }
    }
    if !ends(case) {
        lines.push("PONG probe".into());
    }
    lines
}

/// Whether one of the alternatives in `wanted` is `got`.
fn is_one(wanted: &str, got: &str) -> bool {
    let words = |line: &str| line.splitn(3, ' ').map(String::from).collect::<Vec<_>>();
    let (wanted, got) = (words(wanted), words(got));
    wanted.len() == got.len() && wanted.iter().zip(&got).all(|(w, g)| w == g || w.split('|').any(|one| one == g))
}

fn check(case: &Case, output: &[u8], ended: bool) -> Result<(), String> {
    let head = find(output, b"\r\n\r\n").ok_or("no response")? + 4;
    let status = statuses(&output[..head]);
    let expected = if opens(case) { "101" } else { &case.expect.statuses.as_ref().ok_or("no status")?[0] };
    if status[0] != (expected.trim_end_matches("+close").into(), expected.ends_with("+close")) {
        return Err(format!("wanted {expected}, got {status:?}"));
    }
    if ended != ends(case) {
        return Err("the connection is to end, or not to".into());
    }
    if !opens(case) {
        return Ok(());
    }
    let (wanted, got) = (wanted(case), read_frames(&output[..head], &output[head..])?);
    let is_right = wanted.len() == got.len() && wanted.iter().zip(&got).all(|(wanted, got)| is_one(wanted, got));
    if is_right { Ok(()) } else { Err(format!("wanted {wanted:?}, got {got:?}")) }
}

fn cases(over_tls: bool) -> Vec<Case> {
    let is_taken = |case: &Case| is_plain(case) && case.is_built() && case.setup.tls.is_some() == over_tls;
    markdown::cases().into_iter().filter(is_taken).collect()
}

#[test]
fn websocket_cases_over_a_socket() {
    let cases = cases(false);
    assert!(cases.len() > 100, "only {} cases", cases.len());
    run(&Server::start(), &cases, some_cuts);
}

#[cfg(feature = "tls")]
#[test]
fn websocket_cases_over_tls() {
    let cases = cases(true);
    assert!(!cases.is_empty());
    run(&Server::start_secured(), &cases, cuts);
}

/// Runs these cases at these cuts.
fn run(server: &Server, cases: &[Case], cuts: fn(&Case) -> Vec<Cut>) {
    let mut faults = Vec::new();
    for case in cases {
        for cut in cuts(case) {
            let verdict = feed(server, case, cut).map_err(|e| e.to_string()).and_then(|(output, ended)| {
                check(case, &output, ended).map_err(|e| format!("{e}, ended: {ended}\n    < {}", show(&output)))
            });
            faults.extend(verdict.err().map(|e| format!("{}, {cut:?}: {e}", case.name)));
        }
    }
    println!("{} cases", cases.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
