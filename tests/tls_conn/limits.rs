//! Limits that hold before TLS is agreed on.

use wireway::conn::bits;
use wireway::error::Code;
use wireway::http1::machine::Role;

use crate::end::{End, GET, ends};
use crate::tls_support::{VERSIONS, configs};

#[test]
fn h1_lim_07_a_lend_is_bounded_in_the_handshake() {
    let (_, mut server) = ends(&configs(VERSIONS[1], false));
    let longest = server.rig.conn.config().limits.lend_max as usize;
    let lent = server.rig.conn.receive(&mut server.rig.ws, longest + 1, server.rig.now);
    assert_eq!(lent.unwrap_err().code(), Code::Argument);
    assert!(server.has(bits::TLS_HANDSHAKE));
    assert_eq!(server.rig.conn.receive(&mut server.rig.ws, longest, server.rig.now), Ok(()));
}

#[test]
fn output_max_bounds_what_is_shown_of_the_handshake() {
    let (config, _) = configs(VERSIONS[1], false);
    let mut client = End::new(Role::Client, &config, |config| config.limits.output_max = 10);
    client.rig.conn.seal(&mut client.rig.ws);
    let mut shown = 0;
    client.rig.conn.shown(&client.rig.ws).next_pieces(|piece| {
        shown += piece.octets();
        true
    });
    assert_eq!(shown, 10, "of a hello of hundreds of octets");
}

#[test]
fn pipeline_max_holds_in_the_handshake() {
    let (mut client, _) = ends(&configs(VERSIONS[1], false));
    client.get();
    let second = client.rig.conn.http1(&mut client.rig.ws).request(&GET, std::iter::empty());
    assert_eq!(second.unwrap_err().code(), Code::State);
    assert!(client.has(bits::TLS_HANDSHAKE));
}
