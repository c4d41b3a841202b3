//! The server side of a config.

use std::sync::Arc;

use rustls::server::{NoServerSessionStorage, ServerConfig};

use super::choose::Choice;
use super::identity::Identity;
use super::options::Options;
use super::provider::provider;
use super::refusal::{NO_CERTIFICATE, PROVIDER, Refusal, refuse};
use super::tickets::Tickets;
use super::trust::Clients;
use super::{client, key_log};

/// The configuration of a server's handshakes, and what survives a swap.
#[derive(Debug)]
pub(super) struct Server {
    pub config: Arc<ServerConfig>,
    pub tickets: Option<Arc<Tickets>>,
    clients: Clients,
}

impl Server {
    /// Takes over the ticket keys of `before`, unless it had another rule for clients: a resuming client does not send
    /// its certificate again, so its ticket must not outlive the rule that admitted it.
    pub fn new(options: &Options<'_>, before: Option<&Self>) -> Result<Self, Refusal> {
        let provider = provider(options.key_exchange);
        let mut identities = Vec::with_capacity(options.certificates.len());
        for (index, certificate) in options.certificates.iter().enumerate() {
            identities.push(Identity::new(certificate, &provider).map_err(|refusal| refusal.of(index))?);
        }
        if identities.is_empty() {
            return Err(refuse(&NO_CERTIFICATE, 0));
        }
        let (clients, verifier) = Clients::new(options.client_auth, &provider)?;
        let builder = ServerConfig::builder_with_provider(provider);
        let builder = builder.with_protocol_versions(client::versions(options)?).map_err(|_| refuse(&PROVIDER, 0))?;
        let choice = Choice::new(identities, options.refuse_unknown_names);
        let mut config = builder.with_client_cert_verifier(verifier).with_cert_resolver(Arc::new(choice));
        config.alpn_protocols = client::alpn(options)?;
        config.enable_secret_extraction = options.kernel;
        if let Some(log) = &options.key_log {
            config.key_log = Arc::new(key_log::Lines(log.clone()));
        }
        let kept = before.filter(|before| before.clients == clients).and_then(|before| before.tickets.clone());
        let tickets = resumption(&mut config, options.resumption, kept)?;
        Ok(Self { config: Arc::new(config), tickets, clients })
    }
}

/// Only tickets: sessions stored at the server would need a limit and a lock, and would be lost on a swap.
fn resumption(
    config: &mut ServerConfig,
    wanted: bool,
    kept: Option<Arc<Tickets>>,
) -> Result<Option<Arc<Tickets>>, Refusal> {
    config.session_storage = Arc::new(NoServerSessionStorage {});
    if !wanted {
        config.send_tls13_tickets = 0;
        return Ok(None);
    }
    let tickets = kept.map_or_else(Tickets::new, Ok)?;
    config.ticketer = tickets.clone();
    Ok(Some(tickets))
}
