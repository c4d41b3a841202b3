//! Requests, whole and in pieces, alone and in pipelines.

use super::{Twins, walks};
use wireway::conn::bits;

/// Requests that the fast way takes, and those next to them that it must leave.
const REQUESTS: [&str; 28] = [
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
    "GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /x[1]{} HTTP/1.1\r\nHost: a-name.of-more.than.sixteen.octets:65535\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\nabcd",
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: x\r\n\r\n",
];

#[test]
fn requests_by_the_fast_way_and_by_the_full_one() {
    let (mut answers, mut sends) = (0, 0);
    for seed in 0..walks() {
        let mut twins = Twins::new(seed + 1);
        for _ in 0..10 {
            let mut octets = Vec::new();
            for _ in 0..=twins.random.below(3) {
                let among = [2, 2, 3, 5, REQUESTS.len()][twins.random.below(5)];
                octets.extend_from_slice(REQUESTS[twins.random.below(among)].as_bytes());
            }
            let cut = [octets.len(), twins.random.below(octets.len())][twins.random.below(2)];
            for part in [&octets[..cut], &octets[cut..]] {
                if !part.is_empty() && !twins.receive(part) {
                    break;
                }
                twins.exchange_deed();
                exchange(&mut twins);
                // Now and then more is received before anything is sent.
                if twins.random.below(4) != 0 {
                    twins.send();
                }
                twins.compare();
            }
        }
        (answers, sends) = (answers + twins.fast_answers, sends + twins.fast_sends);
    }
    assert!(answers > walks() / 2 && sends > walks() / 4, "{answers} answers and {sends} sends went the fast way");
}

/// Takes all events, and answers nearly every request; an answer that is refused is tried again, with other fields.
fn exchange(twins: &mut Twins) {
    loop {
        while twins.next().is_ok() {
            twins.exchange_deed();
            if twins.random.below(8) != 0 && twins.fast.is(bits::CAN_RESPOND) {
                twins.respond();
            }
        }
        if !twins.fast.is(bits::CAN_RESPOND) || twins.random.below(8) == 0 {
            return;
        }
        twins.respond();
    }
}
