//! The keys of session tickets (RFC 8446 §4.6.1, RFC 5077): shared by all threads of a config, renewed by time and on demand.

use std::sync::{Arc, PoisonError, RwLock};

use rustls::server::ProducesTickets;

use super::provider::ticket_keys;
use super::refusal::Refusal;

/// Makes tickets with the present keys and takes those of the present and the previous ones.
#[derive(Debug)]
pub(super) struct Tickets(RwLock<Keys>);

/// Each renews itself by the clock as well, so that neither outlives its tickets.
#[derive(Clone, Debug)]
struct Keys {
    present: Arc<dyn ProducesTickets>,
    previous: Option<Arc<dyn ProducesTickets>>,
}

impl Tickets {
    pub fn new() -> Result<Arc<Self>, Refusal> {
        Ok(Arc::new(Self(RwLock::new(Keys { present: ticket_keys()?, previous: None }))))
    }

    /// New tickets get new keys; tickets of the keys before the previous ones are not taken any more.
    pub fn rotate(&self) -> Result<(), Refusal> {
        let new = ticket_keys()?;
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let previous = core::mem::replace(&mut keys.present, new);
        keys.previous = Some(previous);
        Ok(())
    }

    /// The lock is not held while a ticket is made or read.
    fn keys(&self) -> Keys {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ProducesTickets for Tickets {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        self.keys().present.lifetime()
    }

    fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        self.keys().present.encrypt(plain)
    }

    fn decrypt(&self, cipher: &[u8]) -> Option<Vec<u8>> {
        let keys = self.keys();
        keys.present.decrypt(cipher).or_else(|| keys.previous?.decrypt(cipher))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_outlives_one_rotation() {
        let tickets = Tickets::new().unwrap();
        let ticket = tickets.encrypt(b"state").unwrap();
        tickets.rotate().unwrap();
        assert_eq!(tickets.decrypt(&ticket).as_deref(), Some(&b"state"[..]));
        assert_ne!(tickets.encrypt(b"state").unwrap()[..16], ticket[..16], "another key has another name");
        tickets.rotate().unwrap();
        assert_eq!(tickets.decrypt(&ticket), None);
    }
}
