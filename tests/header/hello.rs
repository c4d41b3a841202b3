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
        ["ww_server_respond", "ww_span_from", "field_count", "reason"].iter().all(|name| needed.contains(name)),
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

/// A function of a C file, without its comments.
fn function(file: &str, begin: &str) -> String {
    let at = file.find(begin).expect(begin);
    let whole = file[at..].split_once("\n}\n").expect("a function ends").0;
    whole.lines().map(|line| line.split(" /*").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The code that the comments of a header show.
fn shown(header: &str) -> String {
    header.lines().map(|line| line.strip_prefix(" *     ").unwrap_or_default().to_owned() + "\n").collect()
}

/// The first page of the header, the README and the example are one program.
#[test]
fn the_program_at_the_top_is_hello_server() {
    let serve = function(include_str!("../../examples-c/hello_server.c"), "static ww_status serve(");
    assert!(shown(&headers()[0].1).contains(&serve), "wireway.h does not show:\n{serve}");
    assert!(include_str!("../../README.md").contains(&serve), "the README does not show:\n{serve}");
}

#[test]
fn the_program_of_wireway_hpp_is_hello_server_in_cpp() {
    let serve = function(include_str!("../../examples-cpp/hello_server.cpp"), "static wireway::status serve(");
    assert!(
        shown(include_str!("../../include/wireway/wireway.hpp")).contains(&serve),
        "wireway.hpp does not show:\n{serve}"
    );
    assert!(include_str!("../../README.md").contains(&serve), "the README does not show:\n{serve}");
}

/// Events are told apart in one way wherever HTTP and WebSocket meet.
#[test]
fn the_server_of_websocket_h_is_websocket_server() {
    let handle = function(include_str!("../../examples-c/websocket_server.c"), "static void handle(");
    let body: String =
        handle.lines().skip(2).map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n").collect();
    let headers = headers();
    let (_, part) = headers.iter().find(|(path, _)| path.ends_with("wireway/websocket.h")).expect("a part");
    assert!(body.contains("WW_EVENT_FLAG_LAST") && shown(part).contains(&body), "websocket.h does not show:\n{body}");
    let of_a_conn = body.replace("ww_server_", "ww_conn_").replace("server, event->conn", "conn");
    let libuv = function(include_str!("../../examples-libuv/libuv_conn.c"), "static void handle(");
    let libuv: String = libuv.lines().map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n").collect();
    assert!(libuv.contains(&of_a_conn), "libuv_conn has another way than:\n{of_a_conn}");
}
