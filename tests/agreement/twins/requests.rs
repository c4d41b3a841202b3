//! Requests, whole and in pieces, alone and in pipelines.

use super::{Twins, walks};
use wireway::conn::Event;

/// Requests that the fast way takes, and those next to them that it must leave.
const REQUESTS: [&str; 22] = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /long?a=b HTTP/1.1\r\nHost: example.com:8080\r\nAccept: */*\r\nUser-Agent: x\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
    "GET / HTTP/1.2\r\nHost: a\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
    "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\n\n",
    "get / HTTP/9.9\r\n\r\n",
];

#[test]
fn requests_by_the_fast_way_and_by_the_full_one() {
    for seed in 0..walks() {
        let mut twins = Twins::new(seed + 1);
        for _ in 0..6 {
            let mut octets = Vec::new();
            for _ in 0..=twins.random.below(3) {
                octets.extend_from_slice(REQUESTS[twins.random.below(REQUESTS.len())].as_bytes());
            }
            let cut = [octets.len(), twins.random.below(octets.len())][twins.random.below(2)];
            for part in [&octets[..cut], &octets[cut..]] {
                if !part.is_empty() && !twins.receive(part) {
                    break;
                }
                while let Ok(event) = twins.next() {
                    if matches!(
                        event,
                        Event::Request { last: true } | Event::End { .. } | Event::Data { last: true, .. }
                    ) && twins.random.below(8) != 0
                    {
                        twins.respond();
                    }
                }
                twins.send();
                twins.compare();
            }
        }
    }
}
