//! Logging of TLS secrets in NSS format, for Wireshark.

use core::fmt::{Debug, Write};
use std::sync::Arc;

/// Receives the secrets of sessions. They decrypt the sessions: for debugging only.
pub trait KeyLog: Debug + Send + Sync {
    /// Called with one line, including its newline, from any thread, during handshakes and key updates.
    fn line(&self, line: &str);
}

/// Adapts a [`KeyLog`] to rustls.
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
