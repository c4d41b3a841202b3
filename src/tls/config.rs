//! What sessions are made from.

use std::sync::Arc;

/// Which side of the handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Waits for a ClientHello.
    Server,
    /// Sends it.
    Client,
}

/// The configuration of one role. Clones share it; any thread.
#[derive(Clone)]
pub struct TlsConfig(Side);

#[derive(Clone)]
enum Side {
    Server(Arc<rustls::ServerConfig>),
    Client(Arc<rustls::ClientConfig>),
}

impl TlsConfig {
    /// The role of the sessions.
    pub fn role(&self) -> Role {
        match self.0 {
            Side::Server(_) => Role::Server,
            Side::Client(_) => Role::Client,
        }
    }

    pub(in crate::tls) fn server(&self) -> Option<Arc<rustls::ServerConfig>> {
        match &self.0 {
            Side::Server(config) => Some(config.clone()),
            Side::Client(_) => None,
        }
    }

    pub(in crate::tls) fn client(&self) -> Option<Arc<rustls::ClientConfig>> {
        match &self.0 {
            Side::Client(config) => Some(config.clone()),
            Side::Server(_) => None,
        }
    }
}

impl From<rustls::ServerConfig> for TlsConfig {
    fn from(config: rustls::ServerConfig) -> Self {
        Self(Side::Server(Arc::new(config)))
    }
}

impl From<rustls::ClientConfig> for TlsConfig {
    fn from(config: rustls::ClientConfig) -> Self {
        Self(Side::Client(Arc::new(config)))
    }
}
