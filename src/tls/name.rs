//! The server name of a client.

use core::net::Ipv6Addr;

/// The host of a URL's authority (`host`, `host:port`, `[v6]:port`) as TLS uses it: without port, brackets and trailing
/// dot. `None`: not a host. The syntax tells a name from an address.
///
/// RFC 6066 §3.
pub(super) fn host(authority: &[u8]) -> Option<&str> {
    let text = core::str::from_utf8(authority).ok()?;
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        return (is_port(port) && address.parse::<Ipv6Addr>().is_ok()).then_some(address);
    }
    if text.parse::<Ipv6Addr>().is_ok() {
        return Some(text);
    }
    let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
    let host = host.strip_suffix('.').unwrap_or(host);
    (is_port(port) && !host.is_empty()).then_some(host)
}

/// Empty, or a colon and a port, which may be empty (RFC 3986 §3.2.3).
fn is_port(text: &str) -> bool {
    text.strip_prefix(':').map_or(text.is_empty(), |port| port.is_empty() || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn tls_01_the_host_alone() {
        let cases = [
            ("example.com", Some("example.com")),
            ("example.com:443", Some("example.com")),
            ("a.:443", Some("a")),
            ("a:", Some("a")),
            ("192.0.2.1:8443", Some("192.0.2.1")),
            ("[::1]", Some("::1")),
            ("[::1]:443", Some("::1")),
            ("::1", Some("::1")),
            ("", None),
            (".", None),
            (":443", None),
            ("a:70000", None),
            ("a:b", None),
            ("[::1", None),
            ("[a]", None),
            ("[::1]443", None),
        ];
        for (authority, expected) in cases {
            assert_eq!(host(authority.as_bytes()), expected, "{authority}");
        }
        assert_eq!(host(b"a\xff"), None);
    }
}
