//! The origin of a browser's request (RFC 6455 §10.2, RFC 6454).

/// Whether `origin`, the value of Origin, has the scheme, host and port of the request. `authority` is the request's
/// Host; `secure` means that it came over TLS. A server that authenticates browsers by cookies should refuse unknown
/// other origins. A request without Origin does not come from a browser.
///
/// Compares hosts as text, case-insensitively; the scheme's default port equals no port. Never allocates.
pub fn is_same_origin(origin: &[u8], authority: &[u8], secure: bool) -> bool {
    let (scheme, port) = if secure { (&b"https://"[..], &b":443"[..]) } else { (&b"http://"[..], &b":80"[..]) };
    let Some((start, named)) = origin.split_at_checked(scheme.len()) else { return false };
    let bare = |authority: &'_ [u8]| authority.len() - if authority.ends_with(port) { port.len() } else { 0 };
    let (named, authority) = (&named[..bare(named)], &authority[..bare(authority)]);
    start.eq_ignore_ascii_case(scheme) && !named.is_empty() && named.eq_ignore_ascii_case(authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws_hss_09_the_same_and_others() {
        for (origin, authority, secure) in [
            ("http://a", "a", false),
            ("HTTP://A", "a:80", false),
            ("https://a:443", "a", true),
            ("https://[::1]:8443", "[::1]:8443", true),
        ] {
            assert!(is_same_origin(origin.as_bytes(), authority.as_bytes(), secure), "{origin}");
        }
        for (origin, authority, secure) in [
            ("http://evil", "a", false),
            ("http://a", "a", true),
            ("https://a", "a", false),
            ("http://a:443", "a", false),
            ("http://a.evil", "a", false),
            ("http://a/", "a", false),
            ("null", "a", false),
            ("http://", "", false),
            ("", "", false),
        ] {
            assert!(!is_same_origin(origin.as_bytes(), authority.as_bytes(), secure), "{origin}");
        }
    }
}
