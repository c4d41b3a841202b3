//! A config: what handshakes are made with, checked as a whole, shared by threads, replaced while they go on.

use core::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::client::client;
use super::options::{Options, Role};
use super::refusal::{ROLE, Refusal, refuse};
use super::server::Server;

/// A config; clones are the same one. Any thread.
///
/// A handshake takes the material of the moment when it begins and keeps it, so a swap breaks none. Taking it is a read lock
/// around one reference count, some 50 ns with what it guards, beside the 60 µs and more of a handshake, and the lock is held
/// for writing only to put one pointer in place of another; a lock-free exchange would be a dependency for nothing.
#[derive(Clone)]
pub struct TlsConfig(Arc<Shared>);

struct Shared {
    role: Role,
    material: RwLock<Arc<Material>>,
}

enum Material {
    Server(Server),
    Client(Arc<rustls::ClientConfig>),
}

impl Material {
    fn new(options: &Options<'_>, before: Option<&Self>) -> Result<Arc<Self>, Refusal> {
        Ok(Arc::new(match (options.role, before) {
            (Role::Client, _) => Self::Client(client(options)?),
            (Role::Server, Some(Self::Server(before))) => Self::Server(Server::new(options, Some(before))?),
            (Role::Server, _) => Self::Server(Server::new(options, None)?),
        }))
    }
}

impl TlsConfig {
    /// Makes a config out of material that is good throughout. Parses and allocates; with [`super::Trust::Platform`] it may
    /// read the platform's certificates.
    pub fn new(options: &Options<'_>) -> Result<Self, Refusal> {
        let material = RwLock::new(Material::new(options, None)?);
        Ok(Self(Arc::new(Shared { role: options.role, material })))
    }

    /// Puts new material in the place of the old, for handshakes that begin from now on; after an error the old stays. Ticket
    /// keys stay, so that sessions are resumed, unless other clients are admitted than before.
    pub fn swap(&self, options: &Options<'_>) -> Result<(), Refusal> {
        if options.role != self.0.role {
            return Err(refuse(&ROLE, 0));
        }
        let new = Material::new(options, Some(&self.material()))?;
        let mut place = self.0.material.write().unwrap_or_else(PoisonError::into_inner);
        let old = core::mem::replace(&mut *place, new);
        // What the old frees, it frees when nobody waits.
        drop(place);
        drop(old);
        Ok(())
    }

    /// Server: tickets get new keys now, and those of the present keys are taken until the next rotation. Twice in a row ends
    /// all resumption of earlier sessions. By themselves keys are renewed every six hours. Nothing happens to a client.
    pub fn rotate_tickets(&self) -> Result<(), Refusal> {
        match &*self.material() {
            Material::Server(Server { tickets: Some(tickets), .. }) => tickets.rotate(),
            _ => Ok(()),
        }
    }

    /// The side this config is for.
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// What a server's handshake begins with.
    pub(in crate::tls) fn server(&self) -> Option<Arc<rustls::ServerConfig>> {
        match &*self.material() {
            Material::Server(server) => Some(server.config.clone()),
            Material::Client(_) => None,
        }
    }

    /// What a client's handshake begins with.
    pub(in crate::tls) fn client(&self) -> Option<Arc<rustls::ClientConfig>> {
        match &*self.material() {
            Material::Client(config) => Some(config.clone()),
            Material::Server(_) => None,
        }
    }

    fn material(&self) -> Arc<Material> {
        self.0.material.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for TlsConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsConfig").field("role", &self.0.role).finish_non_exhaustive()
    }
}
