//! The vectors of PP-04: lengths, families, TLVs and checksums.

use super::*;

pub fn pp_04() -> Vec<Vector> {
    let (told, path) = (Told(CLIENT, SERVER), b"/run/client.sock");
    let behind = |block: &[u8], tlvs: &[u8]| [block, tlvs].concat();
    let tlvs = [tlv(4, b""), tlv(1, b"http/1.1"), tlv(0xee, &[0; 300])].concat();
    let full = tlv(0xe0, &vec![7; 4096 - V4.len() - 3]);
    of(
        "PP-04",
        [
            (fit(0x21, 0x12, V4), told),
            (fit(0x21, 0x21, &v6()), Told("[2001:db8::1]:56324", "[2001:db8::2]:443")),
            (fit(0x21, 0x22, &v6()), Told("[2001:db8::1]:56324", "[2001:db8::2]:443")),
            (fit(0x21, 0x31, &unix(path, b"/run/server.sock")), Told("unix:/run/client.sock", "unix:/run/server.sock")),
            (fit(0x21, 0x32, &unix(b"\0name", b"")), Told("unix:@name", "unix:")),
            (fit(0x21, 0x00, b""), Transport),
            (fit(0x21, 0x00, &tlvs), Transport),
            (fit(0x21, 0x11, &behind(V4, &tlvs)), told),
            (fit(0x21, 0x11, &behind(V4, &full)), told),
            (v2(0x20, 0x00, 4096, &vec![0xff; 4096]), Transport),
        ],
    )
}

pub fn pp_04_wrong() -> Vec<Vector> {
    let behind = |tlvs: &[u8]| fit(0x21, 0x11, &[V4, tlvs].concat());
    let at = 16 + V4.len() as u64;
    let families = [0x01, 0x10, 0x13, 0x41, 0xff].map(|family| (fit(0x21, family, V4), Wrong(13)));
    let lengths = [
        (v2(0x21, 0x11, 11, V4), Wrong(14)),
        (v2(0x21, 0x11, 0, V4), Wrong(14)),
        (v2(0x21, 0x21, 35, &v6()), Wrong(14)),
        (v2(0x21, 0x31, 215, &unix(b"/a", b"/b")), Wrong(14)),
        (v2(0x21, 0x11, 4097, V4), Wrong(14)),
        (v2(0x21, 0x11, 0xffff, V4), Wrong(14)),
        (v2(0x20, 0x00, 0xffff, b""), Wrong(14)),
    ];
    let tlvs = [
        (behind(&[1]), Wrong(at)),
        (behind(&[1, 0]), Wrong(at)),
        (behind(&[1, 0, 1]), Wrong(at)),
        (behind(&[1, 0, 0, 1]), Wrong(at + 3)),
        (behind(&[1, 0xff, 0xff, 0, 0]), Wrong(at)),
        (behind(&[&tlv(1, b"ab")[..], &[2, 0, 2, 0]].concat()), Wrong(at + 5)),
        (fit(0x21, 0x00, &[1, 0, 1]), Wrong(16)),
    ];
    of("PP-04", families.into_iter().chain(lengths).chain(tlvs))
}

pub fn pp_04_checksums() -> Vec<Vector> {
    let (told, noop) = (Told(CLIENT, SERVER), tlv(4, b"padding"));
    let mut altered = with_checksum(0x21, 0x11, V4, &noop);
    *altered.last_mut().expect("octets") ^= 1;
    let mut moved = with_checksum(0x21, 0x11, V4, b"");
    moved[16] ^= 1;
    let before = [V4, &noop].concat();
    let mut late = with_checksum(0x21, 0x11, &before, b"");
    *late.last_mut().expect("octets") ^= 0x80;
    let twice = with_checksum(0x21, 0x11, V4, &tlv(3, &[0; 4]));
    let at = 16 + V4.len() as u64;
    of(
        "PP-04",
        [
            (with_checksum(0x21, 0x11, V4, b""), told),
            (with_checksum(0x21, 0x11, &before, &noop), told),
            (with_checksum(0x21, 0x00, b"", &noop), Transport),
            (altered, Wrong(at)),
            (moved, Wrong(at)),
            (late, Wrong(at + noop.len() as u64)),
            (fit(0x21, 0x11, &[V4, &tlv(3, b"abc")].concat()), Wrong(at)),
            (fit(0x21, 0x11, &[V4, &tlv(3, b"abcde")].concat()), Wrong(at)),
            (twice, Wrong(at + 7)),
            // The second is right if the first is octets like others.
            (with_checksum(0x21, 0x11, &[V4, &tlv(3, &[0; 4])].concat(), b""), Wrong(at + 7)),
        ],
    )
}
