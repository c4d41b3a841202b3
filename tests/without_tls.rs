//! A build without TLS depends on nothing of it. (That its library has no symbol of it is a CTest test: `tests/tls_trace.cmake`.)

use std::process::Command;

/// The names of the crates that a build of these features is made of, build scripts left out.
fn crates(features: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["--no-default-features", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names of crates");
    let mut names: Vec<_> = text.lines().filter_map(|line| line.split(' ').next()).map(String::from).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What of rustls, of providers and of platform trust is among them.
fn of_tls(features: &str) -> Vec<String> {
    let is_of_tls = |name: &String| name.contains("rustls") || name.starts_with("aws-lc") || name == "ring";
    crates(features).into_iter().filter(is_of_tls).collect()
}

#[test]
fn no_crate_of_tls() {
    assert!(crates("capi,service,deflate").contains(&"zlib-rs".to_owned()));
    assert_eq!(of_tls("capi,service,deflate"), [""; 0]);
}

#[test]
fn one_provider_at_a_time() {
    let provider =
        |features| -> Vec<String> { of_tls(features).into_iter().filter(|name| !name.contains("rustls")).collect() };
    assert_eq!(provider("tls-aws-lc-rs"), ["aws-lc-rs", "aws-lc-sys"]);
    assert_eq!(provider("tls-ring"), ["ring"]);
    assert_eq!(provider("tls-aws-lc-rs,tls-ring"), ["aws-lc-rs", "aws-lc-sys", "ring"]);
}
