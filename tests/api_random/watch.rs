//! Ends the process when one run does not end: a thread that spins in the library cannot be unwound from outside.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Far more than any run takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

pub struct Watch(Sender<String>);

impl Watch {
    pub fn new() -> Self {
        let (sender, runs) = channel();
        thread::spawn(move || {
            let mut run = String::new();
            loop {
                match runs.recv_timeout(PATIENCE) {
                    Ok(next) => run = next,
                    Err(RecvTimeoutError::Timeout) => {
                        eprintln!("{run} does not end");
                        std::process::abort();
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self(sender)
    }

    /// The next run begins; the one before has ended.
    pub fn begin(&self, run: String) {
        self.0.send(run).expect("the watch goes on");
    }
}
