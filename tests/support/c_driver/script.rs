//! What the driver is told: one line for the connection, one for its application, and one for each command.

use std::fmt::Write as _;

use crate::support::bytes::to_hex;
use crate::support::call::Call;
use crate::support::case::{Role, Setup, Tls, When};
use crate::support::message::{Fields, Message};
use crate::support::run::Output;
use crate::support::step::Command;
use crate::support::tls_command::TlsCommand;
use crate::support::websocket_call::WebSocketCall;
use wireway::websocket::machine::Part;

pub fn setup_lines(setup: &Setup, output: Output) -> String {
    let role = if setup.role == Role::Client { "client" } else { "server" };
    let mut text = format!("new role={role}");
    setup.settings.iter().for_each(|(name, value)| write!(text, " set.{name}={value}").unwrap());
    setup.flags.iter().for_each(|name| write!(text, " flag={name}").unwrap());
    if let Some(whole) = setup.whole {
        write!(text, " messages={}", if whole { "whole" } else { "parts" }).unwrap();
    }
    if let Some(time) = setup.time {
        write!(text, " time={time}").unwrap();
    }
    if let Some(tls) = setup.tls {
        write!(text, " tls={}", if let Tls::With(version) = tls { version } else { "raw" }).unwrap();
    }
    if output == Output::Delayed {
        text.push_str(" sent=delayed");
    }
    write!(text, "\nanswer when={}", when(setup.when)).unwrap();
    message(&mut text, &setup.answer);
    text.push('\n');
    text
}

fn when(when: When) -> &'static str {
    match when {
        When::None => "none",
        When::Head => "head",
        When::End => "end",
        When::Echo => "echo",
        When::Switch => "switch",
        When::Accept => "accept",
        When::Limit => "limit",
        When::Gather => "gather",
        When::Error => "error",
    }
}

pub fn command_line(text: &mut String, command: &Command) {
    match command {
        Command::Receive(bytes) => write!(text, "recv {}", to_hex(bytes)).unwrap(),
        Command::Tls(command) => tls_line(text, command),
        Command::Eof { clean } => text.push_str(if *clean { "eof clean" } else { "eof unclean" }),
        Command::Tick(ms) => write!(text, "tick {ms}").unwrap(),
        Command::Hold => text.push_str("hold"),
        Command::Release => text.push_str("release"),
        Command::Check => text.push_str("check"),
        Command::Forget => text.push_str("forget"),
        Command::Call(call) => call_line(text, call),
    }
    text.push('\n');
}

fn tls_line(text: &mut String, command: &TlsCommand) {
    let size = |size: usize| if size == usize::MAX { 0 } else { size };
    match command {
        TlsCommand::Wire(bytes) => write!(text, "recv {}", to_hex(bytes)).unwrap(),
        TlsCommand::Seal { bytes, first, then } => {
            write!(text, "seal {} {} {}", size(*first), size(*then), to_hex(bytes)).unwrap();
        }
        TlsCommand::CloseNotify => text.push_str("close-notify"),
    }
}

fn call_line(text: &mut String, call: &Call) {
    let (word, arguments) = match call {
        Call::Respond(arguments) => ("respond", arguments),
        Call::Switch(arguments) => ("switch", arguments),
        Call::Inform(arguments) => ("inform", arguments),
        Call::Request(arguments) => ("request", arguments),
        Call::Send(bytes) => return write!(text, "send {}", to_hex(bytes)).unwrap(),
        Call::Finish(trailers) => {
            text.push_str("finish");
            return fields(text, trailers);
        }
        Call::WebSocket(call) => return websocket_line(text, call),
        Call::Plain(name) => return text.push_str(name),
    };
    text.push_str(word);
    message(text, arguments);
}

fn websocket_line(text: &mut String, call: &WebSocketCall) {
    let (word, arguments) = match call {
        WebSocketCall::Accept(arguments) => ("accept", arguments),
        WebSocketCall::Open(arguments) => ("open", arguments),
        WebSocketCall::OpenUrl(url) => return write!(text, "open-url {}", to_hex(url)).unwrap(),
        WebSocketCall::Send(part, bytes) => return write!(text, "message {} {}", kinds(*part), to_hex(bytes)).unwrap(),
        WebSocketCall::Ping(bytes) => return write!(text, "ping {}", to_hex(bytes)).unwrap(),
        WebSocketCall::Close(code, reason) => return write!(text, "close {code} {}", to_hex(reason)).unwrap(),
    };
    text.push_str(word);
    message(text, arguments);
}

/// `text`, `binary,first`, `text,middle,uncompressed`.
fn kinds(part: Part) -> String {
    let mut words = vec![if part.text { "text" } else { "binary" }];
    words.extend(match (part.first, part.last) {
        (true, true) => None,
        (true, false) => Some("first"),
        (false, false) => Some("middle"),
        (false, true) => Some("last"),
    });
    words.extend((!part.compressed).then_some("uncompressed"));
    words.join(",")
}

fn message(text: &mut String, m: &Message) {
    write!(text, " status={}", m.status).unwrap();
    let parts =
        [("method", &m.method), ("target", &m.target), ("authority", &m.authority), ("protocol", &m.subprotocol)];
    parts.iter().filter(|p| !p.1.is_empty()).for_each(|(name, v)| write!(text, " {name}={}", to_hex(v)).unwrap());
    let optional = [("reason", &m.reason), ("content", &m.content)];
    optional.iter().for_each(|(name, value)| value.iter().for_each(|v| write!(text, " {name}={}", to_hex(v)).unwrap()));
    m.length.iter().for_each(|length| write!(text, " length={length}").unwrap());
    let flags = [("stream", m.stream), ("close", m.close), ("expect", m.expect), ("uncompressed", m.uncompressed)];
    flags.iter().filter(|flag| flag.1).for_each(|(name, _)| write!(text, " {name}").unwrap());
    fields(text, &m.fields);
}

fn fields(text: &mut String, fields: &Fields) {
    fields.iter().for_each(|(name, value)| write!(text, " field={}:{}", to_hex(name), to_hex(value)).unwrap());
}
