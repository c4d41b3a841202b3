//! Secrets for a debugger: lines in NSS' format, as Wireshark reads them.

use core::fmt::{Debug, Write};
use std::sync::Arc;

/// Takes the secrets of sessions. Whoever has them reads the sessions: for debugging only.
pub trait KeyLog: Debug + Send + Sync {
    /// One line, with its newline. Called by any thread, during handshakes and key updates.
    fn line(&self, line: &str);
}

/// A [`KeyLog`] as rustls wants it.
#[derive(Debug)]
pub(super) struct Lines(pub(super) Arc<dyn KeyLog>);

impl rustls::KeyLog for Lines {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let mut line = String::with_capacity(label.len() + 2 * (client_random.len() + secret.len()) + 3);
        line.push_str(label);
        for part in [client_random, secret] {
            line.push(' ');
            for octet in part {
                // Writing to a string does not fail.
                let _ = write!(line, "{octet:02x}");
            }
        }
        line.push('\n');
        self.0.line(&line);
    }
}
