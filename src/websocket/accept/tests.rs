use super::*;

#[test]
fn ws_hss_06_the_accept_value_is_that_of_the_rfc() {
    assert_eq!(&accept_key(b"dGhlIHNhbXBsZSBub25jZQ=="), b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    // The text as received: other spare bits give another accept value.
    assert_ne!(accept_key(b"AQIDBAUGBwgJCgsMDQ4PEC=="), accept_key(b"AQIDBAUGBwgJCgsMDQ4PEA=="));
}

#[test]
fn ws_hss_03_a_key_is_16_octets_in_base64() {
    assert!(is_key(b"dGhlIHNhbXBsZSBub25jZQ=="));
    assert!(is_key(b"AAAA+///////////////AA=="));
    let bad: [&[u8]; 10] = [
        b"",
        b"AAAA",
        b"AQIDBAUGBwgJCgsMDQ4P",
        b"AQIDBAUGBwgJCgsMDQ4PEA=",
        b"AQIDBAUGBwgJCgsMDQ4PEA===",
        b"AQIDBAUGBwgJCgsMDQ4PEBE=",
        b"AQIDBAUGBwgJCgsMDQ4PEBES",
        b"AQIDBAU!BwgJCgsMDQ4PEA==",
        b"AQIDBAU-BwgJCgsM_Q4PEA==",
        b" AQIDBAUGBwgJCgsMDQ4PEA==",
    ];
    for key in bad {
        assert!(!is_key(key), "{}", key.escape_ascii());
    }
    for at in 0..KEY_LEN {
        for octet in [b'=', b'!', b' ', 0, 0xff] {
            let mut key = *b"AQIDBAUGBwgJCgsMDQ4PEA==";
            key[at] = octet;
            assert_eq!(is_key(&key), octet == b'=' && at >= 22, "{octet:02x} at {at}");
        }
    }
}

#[test]
fn ws_hss_04_spare_bits_are_accepted() {
    for last in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" {
        let mut key = *b"AQIDBAUGBwgJCgsMDQ4PEC==";
        key[21] = *last;
        assert!(is_key(&key));
    }
}

#[test]
fn an_encoded_key_is_a_key() {
    assert_eq!(&encode_key(*b"the sample nonce"), b"dGhlIHNhbXBsZSBub25jZQ==");
    assert!(is_key(&encode_key([0xff; 16])));
}
