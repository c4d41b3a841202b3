//! A reader of the first 150 lines can write a server.

use super::support::headers;
use std::collections::BTreeSet;

/// Names of the library in C code, and members of its structs.
fn names(code: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut names: BTreeSet<&str> = code.split(|c| !is_word(c)).collect();
    names.retain(|word| word.starts_with("ww_") || word.starts_with("WW_"));
    for (at, dot) in code.match_indices(['.', '>']) {
        let rest = &code[at + dot.len()..];
        let member = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
        if code[..at].ends_with(is_word) && member.starts_with(|c: char| c.is_ascii_lowercase()) && member != "h" {
            names.insert(member);
        }
    }
    names
}

/// The code of a C file, without its comments and literals.
fn code(file: &str) -> String {
    let mut code = String::new();
    for (index, piece) in file.split("/*").enumerate() {
        code.push_str(if index == 0 { piece } else { piece.split_once("*/").map_or("", |(_, code)| code) });
    }
    code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

#[test]
fn hello_server_needs_the_first_150_lines() {
    let (_, umbrella) = &headers()[0];
    let first: Vec<&str> = umbrella.lines().take(150).collect();
    let first = first.join("\n");
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let said: BTreeSet<&str> = first.split(|c| !is_word(c)).collect();
    let program = code(include_str!("../../examples-c/hello_server.c"));
    let needed = names(&program);
    assert!(
        ["ww_server_respond", "WW_LIT", "field_count", "reason"].iter().all(|name| needed.contains(name)),
        "{needed:?}"
    );
    let missing: Vec<_> = needed.difference(&said).collect();
    assert!(missing.is_empty(), "the first 150 lines of wireway.h do not say: {missing:?}");
}

/// What they show of functions and structs is what the parts declare.
#[test]
fn they_show_what_the_parts_declare() {
    let headers = headers();
    let one_line = |text: &str| text.split_whitespace().filter(|word| *word != "*").collect::<Vec<_>>().join(" ");
    let umbrella = one_line(&headers[0].1);
    let parts: String = headers[1..].iter().map(|(_, text)| one_line(text)).collect();
    for function in ["new", "listen", "next", "respond", "free"] {
        let mut declarations = parts.split("WW_API ").filter_map(|text| text.split(';').next());
        let declaration = declarations.find(|text| text.contains(&format!(" ww_server_{function}(")));
        let declaration = declaration.expect("a part declares it");
        assert!(umbrella.contains(&format!("{declaration};")), "{declaration}");
    }
}
