//! Sessions that are resumed, or must not be.

use super::handshake::handshake;
use super::{Authority, Options, Pair, Role, TlsConfig, Trust, client, server};
use crate::tls::{ClientAuth, Version};

struct Cast {
    authority: Authority,
    own: Pair,
}

impl Cast {
    fn new() -> Self {
        let authority = Authority::new("authority");
        Self { own: authority.issue(&["a.example"]), authority }
    }

    fn resumes(&self, server: &TlsConfig, client: &TlsConfig) -> bool {
        handshake(server, client, "a.example").good().was_resumed()
    }

    /// Swaps in the same certificate with this rule for clients.
    fn swap(&self, server: &TlsConfig, client_auth: ClientAuth<'_>) {
        let certificates = [self.own.certificate()];
        server.swap(&Options { certificates: &certificates, client_auth, ..Options::new(Role::Server) }).unwrap();
    }
}

#[test]
fn by_default_in_both_versions() {
    let cast = Cast::new();
    let server = server(&cast.own);
    for version in [Version::Tls12, Version::Tls13] {
        let roots = cast.authority.pem();
        let trust = Trust::Roots(roots.as_bytes());
        let options = Options { trust, version_max: version, ..Options::new(Role::Client) };
        let client = TlsConfig::new(&options).unwrap();
        assert!(!cast.resumes(&server, &client));
        assert!(cast.resumes(&server, &client));
        for never in [Options { resumption: false, ..options.clone() }, Options { sessions_max: 0, ..options.clone() }]
        {
            let client = TlsConfig::new(&never).unwrap();
            assert!(![(); 3].iter().any(|()| cast.resumes(&server, &client)));
        }
    }
}

#[test]
fn not_at_a_server_without_tickets() {
    let cast = Cast::new();
    let certificates = [cast.own.certificate()];
    let options = Options { certificates: &certificates, resumption: false, ..Options::new(Role::Server) };
    let (server, client) = (TlsConfig::new(&options).unwrap(), client(&cast.authority));
    assert!(![(); 3].iter().any(|()| cast.resumes(&server, &client)));
    server.rotate_tickets().unwrap();
    cast.swap(&server, ClientAuth::None);
    assert!(!cast.resumes(&server, &client));
    assert!(cast.resumes(&server, &client), "a swap can switch it on");
}

#[test]
fn across_swaps_and_threads() {
    let cast = Cast::new();
    let (server, client) = (server(&cast.own), client(&cast.authority));
    assert!(!cast.resumes(&server, &client));
    cast.swap(&server, ClientAuth::None);
    assert!(cast.resumes(&server, &client));
    std::thread::scope(|scope| {
        // The client caches a few tickets per server; each thread uses one and gets two.
        let threads = [(); 2].map(|()| scope.spawn(|| cast.resumes(&server.clone(), &client)));
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
    });
}

/// A resuming client does not send its certificate again.
#[test]
fn not_when_other_clients_are_admitted() {
    let cast = Cast::new();
    let (roots, others) = (cast.authority.pem(), Authority::new("other").pem());
    let identity = [cast.authority.issue(&["client.example"])];
    let certificates = [identity[0].certificate()];
    let trust = Trust::Roots(roots.as_bytes());
    let options = Options { certificates: &certificates, trust, ..Options::new(Role::Client) };
    let (server, client) = (server(&cast.own), TlsConfig::new(&options).unwrap());
    let rules = [ClientAuth::Optional(roots.as_bytes()), ClientAuth::Required(roots.as_bytes()), ClientAuth::None];
    assert!(!cast.resumes(&server, &client));
    for rule in rules {
        assert!(cast.resumes(&server, &client));
        cast.swap(&server, rule);
        assert!(!cast.resumes(&server, &client), "{rule:?}");
        cast.swap(&server, rule);
        assert!(cast.resumes(&server, &client), "the same rule again: {rule:?}");
    }
    cast.swap(&server, ClientAuth::Required(roots.as_bytes()));
    assert!(!cast.resumes(&server, &client));
    cast.swap(&server, ClientAuth::Required(others.as_bytes()));
    assert!(handshake(&server, &client, "a.example").server_says.is_err(), "its ticket must not help it in");
}

#[test]
fn until_the_second_rotation() {
    let cast = Cast::new();
    let (server, client) = (server(&cast.own), client(&cast.authority));
    assert!(!cast.resumes(&server, &client));
    server.rotate_tickets().unwrap();
    assert!(cast.resumes(&server, &client));
    server.rotate_tickets().unwrap();
    server.rotate_tickets().unwrap();
    assert!(!cast.resumes(&server, &client));
    assert!(cast.resumes(&server, &client));
}

#[test]
fn not_with_another_trust() {
    let cast = Cast::new();
    let (server, client) = (server(&cast.own), client(&cast.authority));
    assert!(!cast.resumes(&server, &client));
    assert!(cast.resumes(&server, &client));
    let roots = cast.authority.pem();
    client.swap(&Options { trust: Trust::Roots(roots.as_bytes()), ..Options::new(Role::Client) }).unwrap();
    assert!(!cast.resumes(&server, &client));
}
