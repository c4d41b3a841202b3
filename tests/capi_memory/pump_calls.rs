//! The calls of a pump, each in a talk of two.

use super::bench::zeroed;
use super::memory::global_allocations;
use super::pump::{End, carry};
use wireway::ffi::conn::drive::ww_iovec;
use wireway::ffi::tls::drive::*;
use wireway::ffi::tls::info::*;

/// How many allocations each call makes in the states of a talk, told to `note`.
pub fn each_call(mut note: impl FnMut(&'static str, usize)) {
    let (mut client, mut server) = (End::new(false), End::new(true));
    for _ in 0..3 {
        carry(&mut client, &mut server);
        carry(&mut server, &mut client);
    }
    client.send();
    let coming = client.output();
    server.lent.reserve(10);
    let mut count = |name, server: &mut End, call: &mut dyn FnMut(&mut End) -> i32| {
        let allocations = |server: &End| global_allocations() + server.memory.taken.get();
        let before = allocations(server);
        assert!(call(server) >= 0, "{name}");
        note(name, allocations(server) - before);
    };
    count("ww_tls_new", &mut End::new(true), &mut |end| end.make(true));
    let mut first = coming[..100].to_vec();
    // SAFETY: as C would, here and below; the octets live longer than the lend.
    count("ww_tls_receive", &mut server, &mut |end| unsafe { ww_tls_receive(end.tls, first.as_mut_ptr().cast(), 100) });
    count("ww_tls_next", &mut server, &mut End::drain);
    server.receive(&coming[100..]);
    count("ww_tls_next", &mut server, &mut End::drain);
    count("ww_tls_send", &mut server, &mut End::send);
    let mut iov: [ww_iovec; 8] = zeroed();
    // SAFETY: as above.
    count("ww_tls_output", &mut server, &mut |end| unsafe { ww_tls_output(end.tls, iov.as_mut_ptr(), 8) as i32 });
    // SAFETY: as above.
    count("ww_tls_sent", &mut server, &mut |end| unsafe { ww_tls_sent(end.tls, 100) });
    // SAFETY: as above.
    count("ww_tls_state", &mut server, &mut |end| unsafe { ww_tls_state(end.tls) as i32 });
    count("ww_tls_error", &mut server, &mut |end| end.said_error());
    let mut info = ww_tls_info { size: size_of::<ww_tls_info>(), ..zeroed() };
    // SAFETY: as above.
    count("ww_tls_session_info", &mut server, &mut |end| unsafe { ww_tls_session_info(end.tls, &mut info) });
    let mut der = zeroed();
    // SAFETY: as above.
    count("ww_tls_peer_certificate", &mut client, &mut |end| unsafe { ww_tls_peer_certificate(end.tls, 0, &mut der) });
    count("ww_tls_close", &mut server, &mut End::close);
    // SAFETY: as above.
    count("ww_tls_receive_eof", &mut server, &mut |end| unsafe { ww_tls_receive_eof(end.tls) });
}
