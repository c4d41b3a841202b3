//! TLS under a connection, and the peer that speaks it.

use wireway::tls::Role;

use super::metered::Metered;
use crate::support::case::{self, Setup, Tls};
use crate::support::tls_peer::{NAME, TlsPeer, config};

/// Puts TLS under the connection where the case has it. `None`: no peer speaks it.
pub fn under(line: &mut Metered, setup: &Setup) -> Result<Option<TlsPeer>, String> {
    let Some(tls) = setup.tls else { return Ok(None) };
    let role = if setup.role == case::Role::Server { Role::Server } else { Role::Client };
    let under = config(role, None);
    line.call(|conn, ws| conn.offload(ws).secure(&under, NAME)).map_err(|error| error.to_string())?;
    match tls {
        Tls::With(version) => TlsPeer::new(setup.role, version).map(Some),
        Tls::Raw => Ok(None),
    }
}
