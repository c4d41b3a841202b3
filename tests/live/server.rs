//! `examples-c/echo_server`, running.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::LazyLock;

use crate::c_build;

pub struct Server {
    process: Child,
    pub address: String,
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Over TLS, with the certificate of the cases.
    pub fn start_secured() -> Self {
        let [chain, key] =
            ["server.pem", "server.key"].map(|name| format!("{}/tests/tls/{name}", env!("CARGO_MANIFEST_DIR")));
        Self::start_with(&["--tls", &chain, &key])
    }

    fn start_with(options: &[&str]) -> Self {
        static PROGRAM: LazyLock<PathBuf> =
            LazyLock::new(|| c_build::program("echo_server", &["../../examples-c/echo_server"]));
        let mut command = c_build::command(&PROGRAM);
        command.args(["--listen", "127.0.0.1:0"]).args(options).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
        let address = line.trim_end().strip_prefix("listening on ").expect("an address").to_string();
        Self { process, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
