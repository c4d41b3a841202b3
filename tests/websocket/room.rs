//! WS-LIM-04: whoever answers messages has room for each answer; whoever does not reads on.

use wireway::conn::{Config, Connect, Delivery, Write, bits};
use wireway::http1::machine::Role;
use wireway::websocket::machine::Part;

use crate::line::{CONNECT, Line};
use crate::wire::{masked, octets};

const DATA: Part = Part::whole(false);

fn marks(config: &mut Config) {
    (config.limits.high_water, config.limits.low_water) = (1000, 100);
    config.delivery = Delivery::Whole;
}

/// A client that answers messages.
fn answering(change: impl FnOnce(&mut Config)) -> Line {
    Line::client_as(&Connect { answers: true, ..CONNECT }, "", change)
}

fn is_client(line: &Line) -> bool {
    line.rig.conn.config().role == Role::Client
}

fn message(number: u32) -> Vec<u8> {
    octets(&format!("82 04 {number:08x}"))
}

/// What the peer of `line` sends as one frame.
fn frame_to(line: &Line, frame: &[u8]) -> Vec<u8> {
    if is_client(line) { frame.to_vec() } else { masked(frame) }
}

/// Who answers messages hears of none while its queue is full: each answer has room, and nothing is lost.
#[test]
fn ws_lim_04_messages_wait_for_room() {
    for open in [Line::server, answering] {
        let mut line = open(marks);
        line.echoes = true;
        line.holds = true;
        let all: Vec<u8> = (0..1000).flat_map(|number| frame_to(&line, &message(number))).collect();
        let mut came = 0;
        for piece in all.chunks(200) {
            if line.state() & bits::WANT_READ == 0 {
                break;
            }
            line.recv(piece);
            came += piece.len();
        }
        assert!(came < all.len(), "it stops to read");
        line.holds = false;
        line.send();
        line.turn();
        line.recv(&all[came..]);
        assert_eq!(line.log.len(), 1000);
        assert_eq!(line.take_out().len(), 1000 * if is_client(&line) { 10 } else { 6 });
    }
}

/// What was refused goes before the next message, whose answer would be refused like it.
#[test]
fn ws_lim_04_a_message_waits_for_what_was_refused() {
    for open in [Line::server, answering] {
        let mut line = open(marks);
        line.echoes = true;
        line.holds = true;
        while line.message(DATA, &[0; 90]) == Ok(Write::Queued) {}
        line.rig.send(500);
        let frame = frame_to(&line, &message(1));
        line.recv(&frame);
        assert!(line.log.is_empty(), "{:?}: there is room, but not for all that waits", line.log);
        line.rig.send(usize::MAX);
        line.turn();
        assert_eq!(line.log, ["Writable", "data <00><00><00><01>"]);
    }
}

/// How many of five messages, sent as soon as there is room for each, come back from a server that answers each. On a client that waits as
/// its server does they stop: each end waits for the other to read.
fn come_back(mut client: Line) -> usize {
    let mut server = Line::server(marks);
    server.echoes = true;
    (client.holds, server.holds) = (true, true);
    let mut sent = 0;
    loop {
        sent += usize::from(sent < 5 && client.message(DATA, &[0; 3000]) == Ok(Write::Queued));
        let is_moved = pass(&mut client, &mut server) | pass(&mut server, &mut client);
        if !is_moved {
            return client.log.iter().filter(|line| line.starts_with("data")).count();
        }
    }
}

/// Octets go from one end to the other, if that reads; whether any did.
fn pass(from: &mut Line, to: &mut Line) -> bool {
    let octets = if to.state() & bits::WANT_READ == 0 { vec![] } else { from.rig.send(100) };
    to.recv(&octets);
    !octets.is_empty()
}

/// Two ends that both wait for the other to read would wait for ever: a client that sends of its own accord reads on.
#[test]
fn ws_lim_04_a_client_that_sends_ahead_of_the_answers_reads_on() {
    assert_eq!(come_back(Line::client(marks)), 5);
    assert!(come_back(answering(marks)) < 5, "why it is asked for, and not the rule");
}
