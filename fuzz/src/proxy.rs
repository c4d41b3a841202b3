//! What holds of the header of the PROXY protocol, whatever octets begin a connection.

use wireway::error::{Code, Error};
use wireway::proxy::{Decoded, Endpoints, HEADER_MAX, Header, UnixPath, decode};

/// However many octets are there: more are needed, or it is the result of all of them, and stays. A header that is written
/// again from what it tells is the same.
pub fn header(octets: &[u8]) {
    let whole = decode(octets);
    let first = (0..=octets.len()).find(|&len| decode(&octets[..len]) != Ok(Decoded::NeedMore));
    match (whole, first) {
        (Ok(Decoded::NeedMore), first) => assert_eq!((first, octets.len() < HEADER_MAX), (None, true)),
        (Ok(Decoded::Header(header)), first) => {
            assert_eq!(first, Some(header.consumed));
            assert!(header.consumed <= HEADER_MAX);
            is_written(&header, &octets[..header.consumed]);
        }
        (Err(error), first) => is_refused(octets, error, first.expect("an end")),
    }
}

/// No octet behind the first `len` ones makes good what is wrong.
fn is_refused(octets: &[u8], error: Error, len: usize) {
    assert_eq!((error.code(), error.fault.status), (Code::ProxyHeader, 0));
    assert!(error.offset < len as u64 && len <= HEADER_MAX);
    for end in len..=octets.len() {
        assert_eq!(decode(&octets[..end]), Err(error));
    }
}

fn is_written(header: &Header, octets: &[u8]) {
    if let Some(line) = octets.strip_prefix(b"PROXY ") {
        return is_line(header, line);
    }
    let (fixed, block) = octets.split_at(16);
    assert_eq!(usize::from(u16::from_be_bytes([fixed[14], fixed[15]])), block.len());
    let tlvs = match header.told {
        Some(told) => {
            assert_eq!(fixed[12], 0x21);
            let (addresses, len) = binary(&told);
            assert_eq!(block[..addresses.len()], addresses);
            &block[len..]
        }
        None if fixed[12] == 0x20 => return,
        None => block,
    };
    assert_eq!(tlvs_len(tlvs), tlvs.len());
}

fn is_line(header: &Header, line: &[u8]) {
    let line = std::str::from_utf8(line.strip_suffix(b"\r\n").expect("CRLF"));
    let fields = |text: [String; 4]| ["TCP6".to_owned()].into_iter().chain(text).collect::<Vec<_>>();
    match header.told {
        None => assert!(line.is_err() || line.is_ok_and(|line| line == "UNKNOWN" || line.starts_with("UNKNOWN "))),
        Some(Endpoints::V4 { source, destination }) => {
            let (from, to) = (source.port(), destination.port());
            assert_eq!(line, Ok(&*format!("TCP4 {} {} {from} {to}", source.ip(), destination.ip())));
        }
        Some(Endpoints::V6 { source, destination }) => {
            let given: Vec<&str> = line.expect("ASCII").split(' ').collect();
            let host = |at: usize| given[at].parse::<std::net::Ipv6Addr>().expect("an address").to_string();
            let given = fields([host(1), host(2), given[3].to_owned(), given[4].to_owned()]);
            let (from, to) = (source.port().to_string(), destination.port().to_string());
            assert_eq!(given, fields([source.ip().to_string(), destination.ip().to_string(), from, to]));
        }
        Some(told) => panic!("{told:?} in a line"),
    }
}

/// The beginning of the addresses in version 2, and the length of all of them. Behind the NUL of a name anything may be.
fn binary(told: &Endpoints) -> (Vec<u8>, usize) {
    let ports = |from: u16, to: u16| [from.to_be_bytes(), to.to_be_bytes()].concat();
    match told {
        Endpoints::V4 { source, destination } => {
            let hosts = [source.ip().octets(), destination.ip().octets()].concat();
            ([hosts, ports(source.port(), destination.port())].concat(), 12)
        }
        Endpoints::V6 { source, destination } => {
            let hosts = [source.ip().octets(), destination.ip().octets()].concat();
            ([hosts, ports(source.port(), destination.port())].concat(), 36)
        }
        Endpoints::Unix { source, destination } => {
            is_name(destination);
            (is_name(source).to_vec(), 216)
        }
    }
}

fn is_name(path: &UnixPath) -> &[u8] {
    let name = path.name();
    assert!(name.len() <= 108 && (name.first() == Some(&0) || !name.contains(&0)) && name.last() != Some(&0));
    name
}

/// The octets of whole TLVs at the start.
fn tlvs_len(octets: &[u8]) -> usize {
    let mut rest = octets;
    while let [_, high, low, behind @ ..] = rest {
        let Some(next) = behind.get(usize::from(u16::from_be_bytes([*high, *low]))..) else { break };
        rest = next;
    }
    octets.len() - rest.len()
}
