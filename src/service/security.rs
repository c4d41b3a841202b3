//! What lies under accepted connections: nothing, a PROXY header, TLS, or both.
//!
//! The only place in the service that makes a new connection.

use crate::conn::{self, Conn, Workspace};
use crate::error::Error;
#[cfg(feature = "tls")]
use crate::error::{Code, Fault};
#[cfg(feature = "tls")]
use crate::tls::{Role, TlsConfig};
use std::rc::Rc;

#[cfg(feature = "tls")]
static OTHER_ROLE: Fault = Fault::new(Code::Argument, 0, c"", c"the TLS config is a client's");

/// Nothing by default.
#[derive(Clone, Default)]
pub struct Security {
    /// Each connection begins with a PROXY header.
    has_proxy_header: bool,
    #[cfg(feature = "tls")]
    tls: Option<TlsConfig>,
}

impl Security {
    /// TLS. Each connection uses the material that `config` has when it is accepted. Fails with `Argument` for a
    /// client's config.
    #[cfg(feature = "tls")]
    pub fn tls(config: &TlsConfig) -> Result<Self, Error> {
        if config.role() != Role::Server {
            return Err(OTHER_ROLE.at(0));
        }
        Ok(Self { tls: Some(config.clone()), has_proxy_header: false })
    }

    /// The same, with a PROXY header before everything else of each connection: for listeners that only load balancers
    /// reach, whose word the header is (PP-01).
    pub fn behind_proxy(mut self) -> Self {
        self.has_proxy_header = true;
        self
    }

    /// Whether each connection begins with a PROXY header.
    pub(super) fn has_proxy_header(&self) -> bool {
        self.has_proxy_header
    }

    /// Makes a connection that was just accepted.
    pub(super) fn connection(&self, config: &Rc<conn::Config>, ws: &mut Workspace, now: u64) -> Result<Conn, Error> {
        #[cfg(feature = "tls")]
        if let Some(tls) = &self.tls {
            return Conn::over_tls(config.clone(), ws, now, tls, b"");
        }
        #[cfg(not(feature = "tls"))]
        let _ = ws;
        Conn::new(config.clone(), now)
    }
}
