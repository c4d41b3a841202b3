//! The C API as a subject: `tests/c/conn_driver.c`, one process that runs every case it is sent on its standard input.

mod report;
mod script;

use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::LazyLock;

use crate::c_build;
use crate::support::case::Setup;
use crate::support::log::Log;
use crate::support::run::{Output, Subject};
use crate::support::step::Command;

/// What TLS is spoken with.
const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tls");

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
        let mut process =
            command.arg(CERTIFICATES).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the driver starts");
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
        let mut text = script::setup_lines(setup, output);
        commands.iter().for_each(|command| script::command_line(&mut text, command));
        text.push_str("end\n");
        // A driver that died shows as the end of its output.
        let _ = self.input.write_all(text.as_bytes());
        let _ = self.input.flush();
        let mut log = Log::new(setup);
        let mut complaint = None;
        loop {
            let line = self.line()?;
            match line.split_once(' ').unwrap_or((&line, "")) {
                (".", _) => return complaint.map_or(Ok(log), Err),
                ("FORGET", _) => complaint = complaint.or(log.forget().err()),
                ("BROKEN", what) => complaint = Some(what.to_string()),
                (word, rest) => complaint = complaint.or(report::take_line(&mut log, word, rest).err()),
            }
        }
    }
}
