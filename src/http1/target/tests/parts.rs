//! Path and query of a target in any form.

use super::*;

type Parts<'a> = (&'a str, &'a str, Option<&'a str>);

/// Authority, path and query.
fn parts(method: MethodKind, target: &str) -> Result<Parts<'_>, (Code, &'static core::ffi::CStr, u64)> {
    let text = |octets| str::from_utf8(octets).unwrap();
    TargetParts::of(method, target.as_bytes())
        .map(|parts| (text(parts.authority()), text(parts.path()), parts.query().map(text)))
        .map_err(|error| (error.code(), error.fault.rule, error.offset))
}

#[test]
fn h1_sem_01_path_and_query_of_every_form() {
    use MethodKind::{Connect, Options, Other};
    for (method, target, expected) in [
        (Other, "/", ("", "/", None)),
        (Other, "/a/b?c=d?e", ("", "/a/b", Some("c=d?e"))),
        (Other, "/?", ("", "/", Some(""))),
        (Other, "//a/b", ("", "//a/b", None)),
        (Other, "/%2f?%00", ("", "/%2f", Some("%00"))),
        (Other, "/a?http://b/", ("", "/a", Some("http://b/"))),
        (Other, "http://a", ("a", "/", None)),
        (Other, "HTTP://a:80?b", ("a:80", "/", Some("b"))),
        (Other, "https://[::1]:8443/x?", ("[::1]:8443", "/x", Some(""))),
        (Options, "*", ("", "*", None)),
        (Options, "http://a", ("a", "*", None)),
        (Options, "http://a?b", ("a", "/", Some("b"))),
        (Options, "/a?b", ("", "/a", Some("b"))),
        (Connect, "a:443", ("a:443", "", None)),
        (Connect, "[::1]:443", ("[::1]:443", "", None)),
    ] {
        assert_eq!(parts(method, target), Ok(expected), "{method:?} {target}");
    }
}

#[test]
fn h1_sem_01_targets_that_have_no_path() {
    use MethodKind::{Connect, Other};
    for (method, target, rule, offset) in [
        (Other, "", c"H1-TGT-01", 0),
        (Other, "*", c"H1-TGT-01", 0),
        (Other, "a:443", c"H1-TGT-01", 0),
        (Other, "?a", c"H1-TGT-01", 0),
        (Other, "http://", c"H1-TGT-06", 7),
        (Other, "/a b", c"H1-TGT-02", 2),
        (Other, "/a?b#c", c"H1-TGT-02", 4),
        (Other, "http://a/b\n", c"H1-TGT-02", 10),
        (Connect, "/", c"H1-TGT-09", 0),
    ] {
        assert_eq!(parts(method, target), bad(rule, offset), "{method:?} {target}");
    }
}
