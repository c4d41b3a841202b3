//! A client that holds nothing, to be served at all times.

use super::{Harness, expect_content, get};
use std::io::Write as _;
use std::net::TcpStream;
use wireway::service::Id;

/// Two requests, the second in two pieces.
#[track_caller]
pub fn is_served(h: &mut Harness, client: &mut TcpStream, id: Id) {
    get(client, "/1");
    assert_eq!(h.request(id), "/1");
    h.answer(id, "one");
    assert_eq!(h.rest(), []);
    expect_content(client, "one");
    write!(client, "GET /2 HTTP/1.1\r\nHo").unwrap();
    assert_eq!(h.rest(), []);
    write!(client, "st: test\r\n\r\n").unwrap();
    assert_eq!(h.request(id), "/2");
    h.answer(id, "two");
    assert_eq!(h.rest(), []);
    expect_content(client, "two");
}
