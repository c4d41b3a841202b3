//! Whatever the peer sends, the cuts of its octets change nothing: seeded random streams, whole and in pieces.

use super::random::Random;
use super::rig::{OK, Rig};
use wireway::conn::{Event, Response, Span, Window, bits};

/// What streams are made of.
const PARTS: [&str; 26] = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /b HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n",
    "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
    "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST /d HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: x\r\n\r\n",
    "POST /u HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: f\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET https://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
    "5\r\nabcde\r\n",
    "2;x=y\r\nab\r\n",
    "0\r\n\r\n",
    "0\r\nA: b\r\nContent-Length: 4\r\n\r\n",
    "abcde",
    "\r\n",
    "\n",
    "\r",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: a\r\n",
    " folded\r\n",
    "GET /e HTTP/1.1\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "\u{0}",
    "POST /f HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
];

fn stream(random: &mut Random) -> Vec<u8> {
    let mut octets = Vec::new();
    for _ in 0..=random.below(6) {
        octets.extend_from_slice(PARTS[random.below(PARTS.len())].as_bytes());
    }
    if random.below(3) == 0 && !octets.is_empty() {
        let at = random.below(octets.len());
        match random.below(3) {
            0 => octets[at] = b"\r\n :;0\x7fA"[random.below(8)],
            1 => drop(octets.remove(at)),
            _ => octets.insert(at, b"\r\n :;0\x7fA"[random.below(8)]),
        }
    }
    octets
}

fn span(rig: &Rig, span: Span) -> &[u8] {
    let all = match span.window {
        Window::Lent => &rig.lent[..],
        Window::Held => rig.conn.shown(&rig.ws).held(),
        Window::Scratch => rig.conn.shown(&rig.ws).scratch(),
    };
    &all[span.offset as usize..][..span.len as usize]
}

/// What an owner learns and what the peer gets, when requests are answered `early`, or when they are complete.
fn story(octets: &[u8], cuts: &[usize], early: bool) -> (Vec<String>, String) {
    let mut rig = Rig::tunnels();
    let (mut told, mut output) = (vec![String::new()], String::new());
    let mut at = 0;
    for &cut in cuts.iter().chain([&octets.len()]) {
        rig.receive(&octets[at..cut]);
        at = cut;
        turn(&mut rig, &mut told, early);
        output += &rig.flush();
    }
    rig.eof();
    turn(&mut rig, &mut told, early);
    output += &rig.flush();
    assert!(rig.is(bits::CLOSE), "{:?}", String::from_utf8_lossy(octets));
    rig.close();
    (told, output)
}

fn turn(rig: &mut Rig, told: &mut Vec<String>, early: bool) {
    while let Ok(event) = rig.next() {
        tell(rig, told, event);
        let is_last = match event {
            Event::Request { last } => last || early,
            Event::Data { last, .. } => last,
            other => matches!(other, Event::End { .. }),
        };
        if is_last {
            let _ = rig.respond(Response { status: 404, ..OK });
        }
    }
}

fn tell(rig: &Rig, told: &mut Vec<String>, event: Event) {
    match event {
        Event::Data { span: at, .. } => {
            let text = String::from_utf8_lossy(span(rig, at)).into_owned();
            match told.last_mut() {
                Some(before) if before.starts_with("data") => *before += &text,
                _ => told.push(format!("data {text}")),
            }
        }
        Event::Request { last } => told.push(format!("request {last} {:?}", rig.field_names())),
        Event::End { trailers } => told.push(format!("end {trailers}")),
        Event::Error(error) => told.push(format!("error {:?}", error.code())),
        other => told.push(format!("{other:?}")),
    }
}

fn all_cuts_agree(early: bool, seed: u64) {
    let mut random = Random::new(seed);
    for _ in 0..1500 {
        let octets = stream(&mut random);
        let whole = story(&octets, &[], early);
        for _ in 0..3 {
            let mut cuts: Vec<_> = (0..1 + random.below(5)).map(|_| random.below(octets.len() + 1)).collect();
            cuts.sort_unstable();
            assert_eq!(story(&octets, &cuts, early), whole, "{:?} {cuts:?}", String::from_utf8_lossy(&octets));
        }
        let each: Vec<_> = (1..octets.len()).collect();
        assert_eq!(story(&octets, &each, early), whole, "{:?}", String::from_utf8_lossy(&octets));
    }
}

#[test]
fn answered_when_complete() {
    all_cuts_agree(false, 0x5eed);
}

#[test]
fn answered_early() {
    all_cuts_agree(true, 0xfeed);
}
