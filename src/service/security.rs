//! What lies under connections that are accepted: nothing, or TLS of a config.
//!
//! The one place of the service where a new connection is made. Never looks at a socket.

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
    #[cfg(feature = "tls")]
    tls: Option<TlsConfig>,
}

impl Security {
    /// TLS, each connection with the material that `config` has when it is accepted. Fails with `Argument` for a client's config.
    #[cfg(feature = "tls")]
    pub fn tls(config: &TlsConfig) -> Result<Self, Error> {
        if config.role() != Role::Server {
            return Err(OTHER_ROLE.at(0));
        }
        Ok(Self { tls: Some(config.clone()) })
    }

    /// A connection that was accepted now.
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
