//! `docs/dependencies.md` and `deny.toml`: every dependency has its reason, and a licence that is allowed.
//!
//! Cargo says what there is on this platform, and needs no network for what a build of all features has fetched. `cargo deny check` looks
//! at what other platforms add, and at advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use super::licence::is_met;
use super::table::{page, root, rows};

/// Packages with their licences, as `cargo tree` lists them; the package itself is not one of them.
fn tree(arguments: &[&str]) -> BTreeMap<String, String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(["tree", "--locked", "--prefix", "none", "--format", "{p}|{l}"]);
    let output = command.args(arguments).output().expect("cargo runs");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().filter_map(|line| line.split_once('|'));
    let package = |(package, licence): (&str, &str)| {
        let name = package.split(' ').next().unwrap_or(package);
        (name.to_string(), licence.trim_end_matches(" (*)").to_string())
    };
    lines.map(package).filter(|(name, _)| name != env!("CARGO_PKG_NAME")).collect()
}

/// Everything that any build of any feature brings, tests included.
fn everything() -> BTreeMap<String, String> {
    tree(&["--edges", "normal,build,dev", "--all-features"])
}

/// The strings between the brackets behind `allow = `, at each place in turn.
fn lists(text: &str) -> impl Iterator<Item = BTreeSet<&str>> {
    let lists = text.split("allow = [").skip(1).filter_map(|after| Some(after.split_once(']')?.0));
    lists.map(|list| list.split('"').skip(1).step_by(2).collect())
}

/// What is allowed everywhere, and for which package something else is.
fn allowed(deny: &str) -> (BTreeSet<&str>, BTreeMap<&str, BTreeSet<&str>>) {
    let licenses = deny.split("\n[licenses]\n").nth(1).and_then(|after| after.split("\n[").next()).expect("licenses");
    let exceptions = licenses.split("crate = \"").skip(1).filter_map(|after| {
        let (name, rest) = after.split_once('"')?;
        Some((name, lists(rest).next()?))
    });
    (lists(licenses).next().expect("a list"), exceptions.collect())
}

/// Packages whose licence is not allowed, or cannot be read.
fn refused<'a>(packages: &'a BTreeMap<String, String>, deny: &str) -> Vec<(&'a str, &'a str)> {
    let (everywhere, exceptions) = allowed(deny);
    let is_refused = |(name, licence): &(&str, &str)| {
        let own = |word: &str| exceptions.get(name).is_some_and(|allowed| allowed.contains(word));
        is_met(licence, &|word| everywhere.contains(word) || own(word)) != Some(true)
    };
    packages.iter().map(|(name, licence)| (name.as_str(), licence.as_str())).filter(is_refused).collect()
}

#[test]
fn every_licence_is_allowed() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let packages = everything();
    assert!(packages.len() > 50, "only {} packages were found", packages.len());
    assert_eq!(refused(&packages, &deny), []);
}

#[test]
fn a_licence_that_is_not_listed_is_found() {
    let deny = "\n[licenses]\nallow = [\"MIT\"]\nexceptions = [{ crate = \"tool\", allow = [\"MPL-2.0\"] }]\n[bans]\nallow = [\"GPL\"]";
    let packages = [("a", "MIT OR GPL"), ("b", "MIT AND GPL"), ("c", ""), ("lib", "MPL-2.0"), ("tool", "MPL-2.0")];
    let packages = packages.map(|(name, licence)| (name.to_string(), licence.to_string())).into();
    assert_eq!(refused(&packages, deny), [("b", "MIT AND GPL"), ("c", ""), ("lib", "MPL-2.0")]);
}

/// The names that begin the first cell of each row that gives a reason.
fn with_a_reason(page: &str) -> BTreeSet<&str> {
    let rows = rows(page).into_iter().filter(|cells| !cells[1].is_empty());
    rows.filter_map(|cells| cells[0].split(' ').next()).collect()
}

/// What `Cargo.toml` names has a row of its own.
#[test]
fn every_dependency_has_its_reason() {
    let page = page("dependencies.md");
    let reasons = with_a_reason(&page);
    let direct = tree(&["--edges", "normal,build,dev", "--all-features", "--depth", "1"]);
    assert!(
        direct.contains_key("libc") && direct.contains_key("cbindgen") && direct.contains_key("rcgen"),
        "{direct:?}"
    );
    let missing: Vec<_> = direct.keys().filter(|name| !reasons.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "no row in docs/dependencies.md: {missing:?}");
    let all = everything();
    // Those of other platforms stand in the manifest only.
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let is_named = |name: &str| manifest.lines().any(|line| line.starts_with(&format!("{name} = ")));
    let unused: Vec<_> = reasons.iter().filter(|name| !all.contains_key(**name) && !is_named(name)).collect();
    assert!(unused.is_empty(), "in docs/dependencies.md, but not a dependency: {unused:?}");
}

/// The words of a text that may be names of packages.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').collect()
}

/// What those bring along into a build of the library is named too.
#[test]
fn every_package_of_the_library_is_named() {
    let page = page("dependencies.md");
    let library =
        page.split("\n## ").find(|section| section.starts_with("In the library")).expect("the library's section");
    let named = words(library);
    let packages = tree(&["--edges", "normal,build", "--features", "tls-ring"]);
    let missing: Vec<_> = packages.keys().filter(|name| !named.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "not named in docs/dependencies.md: {missing:?}");
}
