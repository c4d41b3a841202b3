//! Every step of a handshake at which something can be refused has its alert (TLS-06, TLS-07).

use rustls::{AlertDescription, Error, SupportedProtocolVersion};

use super::rig::{End, HOST, Ours, Theirs, VERSIONS, client_config, server_config};
use crate::error::Code;
use crate::tls::session::records::HANDSHAKE_MAX;

/// The records that `octets` consist of.
fn records(mut octets: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while !octets.is_empty() {
        let len = 5 + usize::from(u16::from_be_bytes([octets[3], octets[4]]));
        let (record, rest) = octets.split_at(len);
        found.push(record);
        octets = rest;
    }
    found
}

/// A rustls server with messages spread over records, and a client of ours that refuses something in place of record
/// `at`. Returns what the server receives.
fn refused_by_client(version: &'static SupportedProtocolVersion, at: usize, break_in: Break) -> Option<Error> {
    let mut config = server_config(version, true);
    config.max_fragment_size = Some(100);
    let (mut client, mut server) = (Ours::client(client_config(true)), Theirs::server(config));
    let mut left = at;
    loop {
        server.recv(&client.out());
        let octets = server.out();
        for record in records(&octets) {
            if left == 0 {
                return broken_off(client, server, break_in);
            }
            left -= 1;
            client.recv(record);
        }
        if octets.is_empty() {
            return None;
        }
    }
}

/// The same for a rustls client and a server of ours.
fn refused_by_server(version: &'static SupportedProtocolVersion, at: usize, break_in: Break) -> Option<Error> {
    let mut config = client_config(true);
    config.max_fragment_size = Some(100);
    let (mut client, mut server) = (Theirs::client(config), Ours::server(server_config(version, true)));
    let mut left = at;
    loop {
        let octets = client.out();
        for record in records(&octets) {
            if left == 0 {
                return broken_off(server, client, break_in);
            }
            left -= 1;
            server.recv(record);
        }
        if octets.is_empty() {
            return None;
        }
        client.recv(&server.out());
    }
}

#[derive(Clone, Copy)]
enum Break {
    /// A record that is too long.
    Long,
    /// More octets than allowed in a handshake.
    TooMany,
}

fn broken_off(mut ours: Ours, mut theirs: Theirs, break_in: Break) -> Option<Error> {
    // Alerts of TLS 1.3 are encrypted in a record of their own.
    theirs.recv(&ours.out());
    match break_in {
        Break::Long => {
            ours.recv(&[23, 3, 3, 0xff, 0xff]);
            assert_eq!(ours.code(), Some(Code::TlsRecord));
        }
        Break::TooMany => {
            *ours.session.records.handshake_mut() = HANDSHAKE_MAX;
            ours.recv(&[22, 3, 3, 0, 9]);
            assert_eq!(ours.code(), Some(Code::TooLarge));
        }
    }
    theirs.recv(&ours.out());
    assert!(theirs.error.is_some(), "the peer is told something");
    assert!(ours.heap.used() <= HOST.len(), "nothing is pending but the name");
    theirs.error
}

/// Every place between two records of a handshake, including those within a message.
#[test]
fn tls_06_tls_07_every_step_of_the_handshake_has_its_alert() {
    let long = Error::AlertReceived(AlertDescription::RecordOverflow);
    let many = Error::AlertReceived(AlertDescription::DecodeError);
    for version in VERSIONS {
        let (mut places, mut others) = (0, 0);
        while let Some(error) = refused_by_server(version, places, Break::Long) {
            assert_eq!(error, long, "{version:?}, record {places} of the client");
            places += 1;
        }
        assert!(places > 4, "{places}");
        for at in 0..places {
            assert_eq!(refused_by_server(version, at, Break::TooMany), Some(many.clone()), "{version:?} {at}");
        }
        places = 0;
        while let Some(error) = refused_by_client(version, places, Break::Long) {
            // rustls chooses the alert where the client's keys have changed and the server's have not.
            others += usize::from(error == many);
            assert!(error == long || error == many, "{version:?}, record {places} of the server: {error}");
            places += 1;
        }
        assert!(places > 4, "{places}");
        let in_tls12 = version.version == rustls::ProtocolVersion::TLSv1_2;
        assert_eq!(others > 0, in_tls12, "{others}: tickets and change_cipher_spec of TLS 1.2 alone");
    }
}
