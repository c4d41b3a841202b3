//! Nonces of an offloaded session, after records sealed here with the same key.

use super::kernel::pair;
use super::rig::End;
use crate::tls::Cipher;

#[test]
fn a_kernel_reuses_no_nonce() {
    const HEADER: usize = 5;
    let (_, mut server) = pair(0);
    server.seal(&[b"x"]).unwrap();
    let used = server.out();
    let (send, _) = server.session.offload().unwrap();
    assert_ne!(send.protection().cipher, Cipher::ChaCha20Poly1305, "AES is what both have first");
    // In TLS 1.2 the second part is sent with each record.
    assert_eq!((send.iv()[4] ^ used[HEADER]) & 0x80, 0x80);
    assert_eq!(send.iv()[8..], [0; 4], "there is room to count");
}
