//! A handshake in memory, and its outcome on both sides.

use std::sync::Arc;

use rustls::client::ClientConnection;
use rustls::server::ServerConnection;
use rustls::{AlertDescription, ClientConfig, Error, HandshakeKind};

use super::TlsConfig;

/// Both sides after the last message.
pub struct Ended {
    pub client: ClientConnection,
    pub server: ServerConnection,
    pub client_says: Result<(), Error>,
    pub server_says: Result<(), Error>,
}

impl Ended {
    /// Both sides succeeded.
    pub fn good(self) -> Self {
        assert_eq!((&self.client_says, &self.server_says), (&Ok(()), &Ok(())));
        assert!(!self.client.is_handshaking() && !self.server.is_handshaking());
        self
    }

    /// The alert the client was sent.
    pub fn alert(&self) -> AlertDescription {
        match self.client_says {
            Err(Error::AlertReceived(alert)) => alert,
            ref other => panic!("no alert but {other:?}; the server says {:?}", self.server_says),
        }
    }

    pub fn was_resumed(&self) -> bool {
        let kind = self.client.handshake_kind();
        assert_eq!(kind, self.server.handshake_kind());
        kind == Some(HandshakeKind::Resumed)
    }

    pub fn shown(&self) -> &[u8] {
        &self.client.peer_certificates().expect("the handshake ended well")[0]
    }
}

pub fn handshake(server: &TlsConfig, client: &TlsConfig, name: &'static str) -> Ended {
    with_client(server, client.client().expect("of the client's role"), name)
}

pub fn with_client(server: &TlsConfig, client: Arc<ClientConfig>, name: &'static str) -> Ended {
    let mut client = ClientConnection::new(client, name.try_into().unwrap()).unwrap();
    let mut server = ServerConnection::new(server.server().expect("of the server's role")).unwrap();
    let (mut client_says, mut server_says) = (Ok(()), Ok(()));
    while client.wants_write() || server.wants_write() {
        let mut wire = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut wire).unwrap();
        }
        server_says = server_says
            .and(read(&wire, |wire| server.read_tls(wire)).and_then(|()| server.process_new_packets().map(drop)));
        wire.clear();
        while server.wants_write() {
            server.write_tls(&mut wire).unwrap();
        }
        client_says = client_says
            .and(read(&wire, |wire| client.read_tls(wire)).and_then(|()| client.process_new_packets().map(drop)));
    }
    Ended { client, server, client_says, server_says }
}

/// Reads a whole flight, which is smaller than rustls' buffer.
fn read(mut wire: &[u8], mut into: impl FnMut(&mut &[u8]) -> std::io::Result<usize>) -> Result<(), Error> {
    while !wire.is_empty() {
        into(&mut wire).map_err(|error| Error::General(error.to_string()))?;
    }
    Ok(())
}
