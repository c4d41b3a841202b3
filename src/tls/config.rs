//! A config: validated as a whole, shared by threads, replaceable at run time.

use core::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::client::client;
use super::options::{Options, Role};
use super::refusal::{ROLE, Refusal, refuse};
use super::server::Server;

/// A config; clones share it. Any thread.
///
/// A handshake keeps the material it started with, so a swap disturbs none. Getting it is a read lock around a
/// reference count, about 50 ns, against 60 µs and more for a handshake. The write lock is held only to replace one
/// pointer; a lock-free exchange would not be worth a dependency.
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
    /// Makes a config from validated material. Parses and allocates; with [`super::Trust::Platform`] it may read the
    /// platform's certificates.
    pub fn new(options: &Options<'_>) -> Result<Self, Refusal> {
        let material = RwLock::new(Material::new(options, None)?);
        Ok(Self(Arc::new(Shared { role: options.role, material })))
    }

    /// Replaces the material for handshakes that begin from now on; on an error the old stays. Ticket keys stay too, so
    /// that sessions can be resumed, unless the rule for client certificates changes.
    pub fn swap(&self, options: &Options<'_>) -> Result<(), Refusal> {
        if options.role != self.0.role {
            return Err(refuse(&ROLE, 0));
        }
        let new = Material::new(options, Some(&self.material()))?;
        let mut place = self.0.material.write().unwrap_or_else(PoisonError::into_inner);
        let old = core::mem::replace(&mut *place, new);
        // The old material is freed after the lock is released.
        drop(place);
        drop(old);
        Ok(())
    }

    /// Server: new keys for tickets; tickets with the previous keys are accepted until the next rotation. Two rotations
    /// in a row end resumption of all earlier sessions. Keys also rotate every six hours. No effect for a client.
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

    /// The material for a server's handshake.
    pub(in crate::tls) fn server(&self) -> Option<Arc<rustls::ServerConfig>> {
        match &*self.material() {
            Material::Server(server) => Some(server.config.clone()),
            Material::Client(_) => None,
        }
    }

    /// The material for a client's handshake.
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
