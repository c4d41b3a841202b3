use super::Hello;
use crate::memory::Heap;

/// A ClientHello with `extensions`, each of a type and its content.
fn hello(extensions: &[(u16, &[u8])]) -> Vec<u8> {
    let mut all = Vec::new();
    for (kind, content) in extensions {
        all.extend(kind.to_be_bytes());
        all.extend((content.len() as u16).to_be_bytes());
        all.extend(*content);
    }
    let mut body = vec![3, 3];
    body.extend([9; 32]);
    body.extend([4, 1, 2, 3, 4]);
    body.extend([0, 2, 0x13, 1]);
    body.extend([1, 0]);
    body.extend((all.len() as u16).to_be_bytes());
    body.extend(all);
    let len = (body.len() as u32).to_be_bytes();
    [&[1, len[1], len[2], len[3]], body.as_slice()].concat()
}

fn server_name(kind: u8, name: &[u8]) -> Vec<u8> {
    let len = (name.len() as u16).to_be_bytes();
    let list = (name.len() as u16 + 3).to_be_bytes();
    [&list[..], &[kind], &len, name].concat()
}

/// The name a reader finds that is shown `octets` in pieces of `step`.
fn name_of(octets: &[u8], step: usize) -> Option<String> {
    let mut reader = Hello::new(&Heap::new(1 << 20));
    for piece in octets.chunks(step) {
        reader.recv(piece).unwrap();
    }
    reader.name().map(str::to_owned)
}

#[test]
fn the_name_is_found_at_any_cut() {
    let name = server_name(0, b"Www.Example.com");
    let octets = hello(&[(43, &[2, 3, 4]), (0, &name), (16, b"\0\x03\x02h2")]);
    for step in [1, 2, 3, 7, octets.len()] {
        assert_eq!(name_of(&octets, step).as_deref(), Some("www.example.com"));
    }
    for cut in 0..octets.len() {
        let mut reader = Hello::new(&Heap::new(1 << 20));
        reader.recv(&octets[..cut]).unwrap();
        reader.recv(&octets[cut..]).unwrap();
        assert_eq!(reader.name(), Some("www.example.com"), "{cut}");
        assert!(reader.is_done());
    }
}

#[test]
fn there_may_be_none() {
    let long = [b'a'; 256];
    let cases: [&[(u16, &[u8])]; 7] = [
        &[],
        &[(43, &[2, 3, 4])],
        &[(0, &server_name(1, b"a"))],
        &[(0, &server_name(0, b""))],
        &[(0, &server_name(0, &long))],
        &[(0, &server_name(0, b"192.0.2.1"))],
        &[(0, &server_name(0, b"a b"))],
    ];
    for (index, extensions) in cases.iter().enumerate() {
        assert_eq!(name_of(&hello(extensions), 1), None, "{index}");
    }
    let cut = hello(&[(0, &server_name(0, b"example.com"))]);
    assert_eq!(name_of(&cut[..cut.len() - 1], 1), None);
}

#[test]
fn other_messages_than_a_hello_are_not_parsed() {
    for kind in [0, 2, 22, 255] {
        let mut reader = Hello::new(&Heap::new(1 << 20));
        reader.recv(&[kind, 0, 0, 9]).unwrap();
        assert!(reader.is_done() && reader.name().is_none());
    }
}

#[test]
fn lengths_that_lie_end_the_reading() {
    let mut octets = hello(&[(5, &[1, 2, 3])]);
    let len = octets.len();
    octets[len - 4] = 200;
    octets.extend([0; 300]);
    let mut reader = Hello::new(&Heap::new(1 << 20));
    reader.recv(&octets).unwrap();
    assert!(reader.is_done() && reader.name().is_none());
}

#[test]
fn a_name_needs_memory() {
    let octets = hello(&[(0, &server_name(0, b"example.com"))]);
    let mut reader = Hello::new(&Heap::new(4));
    assert!(reader.recv(&octets).is_err());
}
