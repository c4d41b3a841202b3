//! What base.h says of all structs, constants and calls.

use super::support::headers;
use std::collections::BTreeMap;

fn all() -> String {
    headers().into_iter().map(|(_, text)| text).collect()
}

fn base() -> String {
    headers().into_iter().find(|(path, _)| path.ends_with("wireway/base.h")).expect("a part").1
}

/// Name and members of each struct, without comments.
fn structs(text: &str) -> Vec<(String, Vec<String>)> {
    let bodies = text.split("\ntypedef struct ").skip(1).filter_map(|rest| rest.split_once("\n}"));
    let named = bodies.filter_map(|(body, _)| body.split_once(" {\n")).filter(|(name, _)| !name.contains(';'));
    named.map(|(name, body)| (name.to_owned(), members(body))).collect()
}

fn members(body: &str) -> Vec<String> {
    let is_member = |line: &&str| line.ends_with(';') && !line.trim_start().starts_with(['*', '/']);
    body.lines().filter(is_member).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn structs_begin_with_their_size_or_base_h_names_them() {
    let (all, base) = (all(), base());
    let structs = structs(&all);
    assert!(structs.len() > 30, "the structs were not found");
    let (_, said) = base.split_once("Without `size`").expect("base.h says which have none");
    let said = said.split_once(" * Copies").expect("the next convention").0;
    for (name, members) in structs.iter().filter(|(name, _)| name != "ww_iovec") {
        let has_size = members[0].starts_with("size_t size");
        let is_opaque = members[0].contains(" opaque");
        let is_named = [',', ')'].iter().any(|end| said.contains(&format!("{name}{end}")));
        assert_eq!(has_size || is_opaque, !is_named, "{name}: {members:?}");
    }
}

/// `/* -100 to -129: HTTP. */` is over nothing else.
#[test]
fn each_error_stands_below_its_range() {
    let base = base();
    let (mut range, mut count, mut last) = (0..=0, 0, 0);
    for line in base.lines() {
        if let Some((first, rest)) = line.strip_prefix("/* -").and_then(|rest| rest.split_once(" to -")) {
            let number = |text: &str| -text.parse::<i32>().expect("a number");
            let end = number(rest.split(':').next().expect("a colon"));
            assert!(number(first) < last, "{line}");
            range = end..=number(first);
        }
        if let Some((name, value)) = line.strip_prefix("#define WW_E_").and_then(|define| define.split_once(' ')) {
            let value = value.trim_matches(['(', ')']).parse().expect("a number");
            assert!(range.contains(&value), "WW_E_{name} is {value}, and stands below {range:?}");
            assert!(value < last, "WW_E_{name} is out of order");
            (count, last) = (count + 1, value);
        }
    }
    assert!(count > 50, "the errors were not found");
}

/// A reader sees that flags are bits, and which.
#[test]
fn flags_are_written_as_bits() {
    let all = all();
    let mut count = 0;
    for item in all.split("\n/**").skip(1) {
        let Some((comment, define)) = item.split_once("*/\n#define ") else { continue };
        let first = comment.trim_start_matches([' ', '*', '\n']).split([':', '.']).next().unwrap_or_default();
        let (name, value) = define.lines().next().and_then(|line| line.split_once(' ')).expect("a value");
        let mut words = first.split([' ', ',', '\n']).take(2);
        if words.any(|word| word.eq_ignore_ascii_case("flag")) {
            count += 1;
            assert!(value.starts_with("(1u << "), "{name} is {value}");
        }
    }
    assert!(count > 50, "the flags were not found: {count}");
}

/// The calls of a type, without it, and their parameters behind the handle.
fn calls<'a>(text: &'a str, kind: &str) -> BTreeMap<&'a str, Vec<&'a str>> {
    let declarations = text.split("\nWW_API ").skip(1).filter_map(|rest| rest.split(");").next()?.split_once('('));
    let of_kind = declarations.filter_map(|(head, parameters)| {
        let name = head.rsplit([' ', '*']).next()?.strip_prefix(kind)?;
        Some((name, parameters.split(',').skip(1).map(str::trim).collect()))
    });
    of_kind.collect()
}

/// With an id in the place of the handle, and without the time, which the server reads.
#[test]
fn calls_by_id_are_those_of_a_connection() {
    let all = all();
    let (server, conn) = (calls(&all, "ww_server_"), calls(&all, "ww_conn_"));
    let by_id = server.iter().filter(|(name, given)| given.first() == Some(&"ww_id conn") && conn.contains_key(**name));
    let mut count = 0;
    for (name, given) in by_id {
        let of_conn: Vec<&str> = conn[name].iter().filter(|given| **given != "uint64_t now_ms").copied().collect();
        assert_eq!(given[1..], of_conn, "{name}");
        count += 1;
    }
    assert!(count > 20, "the calls were not found: {count}");
}

#[test]
fn parameters_have_plain_names() {
    let all = all();
    for declaration in all.split("\nWW_API ").skip(1).filter_map(|rest| rest.split(';').next()) {
        assert!(!declaration.contains("_,") && !declaration.contains("_)"), "{declaration}");
    }
}

/// What `reserved` is for: a member that is set by a later program is refused, and each struct has its case.
#[test]
fn each_reserved_member_of_what_callers_fill_has_its_case() {
    // Written by the library; or fields of a message, of which a call looks at name and value alone.
    const OTHERS: [&str; 5] = ["ww_field", "ww_url", "ww_part", "ww_tls_info", "ww_completion"];
    let (all, cases) = (all(), include_str!("../c/arguments/reserved.c"));
    let structs = structs(&all);
    let reserved: Vec<_> =
        structs.iter().filter(|(_, members)| members.iter().any(|m| m.contains(" reserved"))).collect();
    assert!(reserved.len() > 10, "{reserved:?}");
    for (name, _) in reserved.iter().filter(|(name, _)| !OTHERS.contains(&&name[..])) {
        assert!(cases.contains(&format!("{name} ")), "tests/c/arguments/reserved.c has no {name}");
    }
}

/// What grows is no member of what grows: its size would move the members behind it. The reader of the one that is goes by both sizes.
#[test]
fn no_struct_with_a_size_is_in_another() {
    let all = all();
    let structs = structs(&all);
    let has_size =
        |kind: &str| structs.iter().any(|(name, members)| name == kind && members[0].starts_with("size_t size"));
    for (name, members) in &structs {
        let inner = members
            .iter()
            .filter(|member| !member.contains('*') && has_size(member.split(' ').next().unwrap_or_default()));
        let inner: Vec<_> = inner.map(|member| format!("{name}: {member}")).collect();
        assert!(inner.iter().all(|member| member.starts_with("ww_server_config: ww_conn_config conn")), "{inner:?}");
    }
}
