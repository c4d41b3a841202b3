//! The C API as a subject: `tests/c/conn_driver.c`, one process that runs every case it is sent on its standard input.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::LazyLock;

use crate::c_build;
use crate::support::bytes::{from_hex, to_hex};
use crate::support::case::{Role, Setup, When};
use crate::support::log::{Event, Log, State, code_name};
use crate::support::run::{Output, Subject};
use crate::support::step::{Call, Command, Fields, Message};

pub struct CDriver {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl CDriver {
    /// Builds and starts the driver.
    pub fn start() -> Self {
        static PROGRAM: LazyLock<PathBuf> =
            LazyLock::new(|| c_build::program("conn_driver", &["conn_driver.c", "driver", "memory.c"]));
        let mut command = c_build::command(&PROGRAM);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the driver starts");
        let input = process.stdin.take().expect("a pipe");
        let output = BufReader::with_capacity(1 << 16, process.stdout.take().expect("a pipe"));
        Self { process, input, output }
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(n) if n > 0 => Ok(line.trim_end().into()),
            _ => {
                let ended = self.process.wait();
                *self = Self::start();
                Err(format!("the driver ended: {ended:?}"))
            }
        }
    }
}

impl Subject for CDriver {
    fn run(&mut self, setup: &Setup, commands: &[Command], output: Output) -> Result<Log, String> {
        let mut text = setup_lines(setup, output);
        commands.iter().for_each(|command| command_line(&mut text, command));
        text.push_str("end\n");
        // A driver that died shows as the end of its output.
        let _ = self.input.write_all(text.as_bytes());
        let _ = self.input.flush();
        let mut log = Log::default();
        let mut complaint = None;
        loop {
            let line = self.line()?;
            match line.split_once(' ').unwrap_or((&line, "")) {
                (".", _) => return complaint.map_or(Ok(log), Err),
                ("BROKEN", what) => complaint = Some(what.to_string()),
                (word, rest) => take_line(&mut log, word, rest)?,
            }
        }
    }
}

fn setup_lines(setup: &Setup, output: Output) -> String {
    let role = if setup.role == Role::Client { "client" } else { "server" };
    let when = match setup.when {
        When::None => "none",
        When::Head => "head",
        When::End => "end",
        When::Echo => "echo",
        When::Switch => "switch",
        When::Accept => "accept",
    };
    let mut text = format!("new role={role}");
    setup.settings.iter().for_each(|(name, value)| write!(text, " set.{name}={value}").unwrap());
    setup.flags.iter().for_each(|name| write!(text, " flag={name}").unwrap());
    if let Some(time) = setup.time {
        write!(text, " time={time}").unwrap();
    }
    if output == Output::Delayed {
        text.push_str(" sent=delayed");
    }
    write!(text, "\nanswer when={when}").unwrap();
    message(&mut text, &setup.answer);
    text.push('\n');
    text
}

fn command_line(text: &mut String, command: &Command) {
    match command {
        Command::Receive(bytes) => write!(text, "recv {}", to_hex(bytes)).unwrap(),
        Command::Eof { clean } => text.push_str(if *clean { "eof clean" } else { "eof unclean" }),
        Command::Tick(ms) => write!(text, "tick {ms}").unwrap(),
        Command::Hold => text.push_str("hold"),
        Command::Release => text.push_str("release"),
        Command::Check => text.push_str("check"),
        Command::Call(call) => call_line(text, call),
    }
    text.push('\n');
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
        Call::Plain(name) => return text.push_str(name),
    };
    text.push_str(word);
    message(text, arguments);
}

fn message(text: &mut String, m: &Message) {
    write!(text, " status={}", m.status).unwrap();
    let parts = [("method", &m.method), ("target", &m.target), ("authority", &m.authority)];
    parts.iter().filter(|p| !p.1.is_empty()).for_each(|(name, v)| write!(text, " {name}={}", to_hex(v)).unwrap());
    let optional = [("reason", &m.reason), ("content", &m.content)];
    optional.iter().for_each(|(name, value)| value.iter().for_each(|v| write!(text, " {name}={}", to_hex(v)).unwrap()));
    m.length.iter().for_each(|length| write!(text, " length={length}").unwrap());
    let flags = [("stream", m.stream), ("close", m.close), ("expect", m.expect)];
    flags.iter().filter(|flag| flag.1).for_each(|(name, _)| write!(text, " {name}").unwrap());
    fields(text, &m.fields);
}

fn fields(text: &mut String, fields: &Fields) {
    fields.iter().for_each(|(name, value)| write!(text, " field={}:{}", to_hex(name), to_hex(value)).unwrap());
}

fn take_line(log: &mut Log, word: &str, rest: &str) -> Result<(), String> {
    match word {
        "OUT" => log.output.extend(from_hex(rest)?),
        "RESULT" => log.results.push(code(rest)?),
        "CHECK" => log.checks.push(state(rest)),
        "FINAL" => log.state = state(rest),
        "MEMORY" => log.grown = rest.parse().ok(),
        _ => log.push(event(word, rest)?)?,
    }
    Ok(())
}

/// `word,word,…`
fn state(words: &str) -> State {
    words.split(',').filter(|word| !word.is_empty()).map(String::from).collect()
}

/// An event line: `KIND w:HEX… code=N name=TEXT… name:HEX… +flag… f:HEX:HEX… d:HEX last`.
fn event(kind: &str, rest: &str) -> Result<Event, String> {
    let mut event = Event { kind: kind.into(), ..Event::default() };
    for word in rest.split(' ').filter(|word| !word.is_empty()) {
        match (word.split_once('='), word.split_once(':')) {
            (Some(("code", number)), _) => event.words.push(code(number)?.into_bytes()),
            (Some((name, text)), _) => drop(event.attributes.insert(name.into(), text.into())),
            (None, Some((name, hex))) => octets(&mut event, name, hex)?,
            (None, None) if word == "last" => event.last = true,
            (None, None) => drop(event.flags.insert(word.trim_start_matches('+').into())),
        }
    }
    Ok(event)
}

fn octets(event: &mut Event, name: &str, hex: &str) -> Result<(), String> {
    match name {
        "w" => event.words.push(from_hex(hex)?),
        "d" => event.data = from_hex(hex)?,
        "f" => {
            let (field, value) = hex.split_once(':').ok_or("f:NAME:VALUE")?;
            event.fields.push((from_hex(field)?, from_hex(value)?));
        }
        _ => drop(event.attributes.insert(name.into(), from_hex(hex)?)),
    }
    Ok(())
}

fn code(number: &str) -> Result<String, String> {
    Ok(code_name(number.parse().map_err(|e| format!("{number:?}: {e}"))?))
}
