//! Version 1: one line of text (PP-02).

use super::decoded::Decoded;
use super::endpoints::Endpoints;
use super::faults::{ADDRESS, FIELDS, LINE_END, LINE_LENGTH, NO_HEADER, PORT, PROTOCOL};
use super::header::Header;
use crate::error::Error;
use core::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use core::str::FromStr;

const START: &[u8] = b"PROXY ";
/// The longest line with its CRLF.
const LINE_MAX: usize = 107;

/// Decodes a line that begins with `P`.
pub(super) fn decode(octets: &[u8]) -> Result<Decoded, Error> {
    if let Some(at) = octets.iter().zip(START).position(|(octet, expected)| octet != expected) {
        return Err(NO_HEADER.at(at as u64));
    }
    let Some(end) = line_end(octets)? else { return Ok(Decoded::NeedMore) };
    let told = line(Text { octets: &octets[..end], at: START.len() })?;
    Ok(Decoded::Header(Header { told, consumed: end + 2 }))
}

/// Where the CRLF is. Each of its octets is wrong without the other.
fn line_end(octets: &[u8]) -> Result<Option<usize>, Error> {
    let line = &octets[..octets.len().min(LINE_MAX)];
    let Some(at) = line.iter().position(|octet| matches!(octet, b'\r' | b'\n')) else {
        return if line.len() == LINE_MAX { Err(LINE_LENGTH.at(LINE_MAX as u64 - 1)) } else { Ok(None) };
    };
    match (line[at], line.get(at + 1)) {
        (b'\r', Some(b'\n')) => Ok(Some(at)),
        (b'\r', Some(_)) => Err(LINE_END.at(at as u64 + 1)),
        // The LF would be the 108th octet.
        (b'\r', None) if at + 1 == LINE_MAX => Err(LINE_LENGTH.at(LINE_MAX as u64 - 1)),
        (b'\r', None) => Ok(None),
        _ => Err(LINE_END.at(at as u64)),
    }
}

/// The line without its CRLF.
fn line(mut text: Text<'_>) -> Result<Option<Endpoints>, Error> {
    let at = text.at;
    match text.field() {
        b"TCP4" => {
            let [source, destination] = pair::<Ipv4Addr>(&mut text)?;
            let (source, destination) =
                (SocketAddrV4::new(source.0, source.1), SocketAddrV4::new(destination.0, destination.1));
            Ok(Some(Endpoints::V4 { source, destination }))
        }
        b"TCP6" => {
            let [source, destination] = pair::<Ipv6Addr>(&mut text)?;
            let of = |(address, port)| SocketAddrV6::new(address, port, 0, 0);
            Ok(Some(Endpoints::V6 { source: of(source), destination: of(destination) }))
        }
        // What follows is ignored.
        b"UNKNOWN" => Ok(None),
        _ => Err(PROTOCOL.at(at as u64)),
    }
}

/// The source and the destination: two addresses, two ports, and nothing behind them.
fn pair<A: FromStr>(text: &mut Text<'_>) -> Result<[(A, u16); 2], Error> {
    let (source, destination) = (text.address()?, text.address()?);
    let ports = [text.port()?, text.port()?];
    if !text.is_over() {
        return Err(FIELDS.at(text.at as u64));
    }
    Ok([(source, ports[0]), (destination, ports[1])])
}

/// The rest of a line, in fields with single spaces between them.
struct Text<'a> {
    octets: &'a [u8],
    /// The start of the next field; one behind the end after the last.
    at: usize,
}

impl<'a> Text<'a> {
    /// The next field: up to a space or the end.
    fn field(&mut self) -> &'a [u8] {
        let rest = self.octets.get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|&octet| octet == b' ').unwrap_or(rest.len());
        self.at += len + 1;
        &rest[..len]
    }

    fn is_over(&self) -> bool {
        self.at > self.octets.len()
    }

    /// A field that is not empty, and where it begins.
    fn some_field(&mut self) -> Result<(&'a [u8], u64), Error> {
        let at = self.at.min(self.octets.len()) as u64;
        match self.field() {
            [] => Err(FIELDS.at(at)),
            field => Ok((field, at)),
        }
    }

    /// An address as the standard library takes it: without leading zeros in IPv4, without a scope in IPv6.
    fn address<A: FromStr>(&mut self) -> Result<A, Error> {
        let (field, at) = self.some_field()?;
        core::str::from_utf8(field).ok().and_then(|text| text.parse().ok()).ok_or(ADDRESS.at(at))
    }

    fn port(&mut self) -> Result<u16, Error> {
        let (field, at) = self.some_field()?;
        let is_number = field.iter().all(u8::is_ascii_digit) && (field.len() == 1 || field[0] != b'0');
        let text = core::str::from_utf8(field).ok().filter(|_| is_number);
        text.and_then(|text| text.parse().ok()).ok_or(PORT.at(at))
    }
}
