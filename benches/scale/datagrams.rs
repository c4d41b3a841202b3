//! Datagrams that the system cuts from long ones (GSO), over loopback, to a socket that nobody reads: ours beside a bare sender.

use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use wireway::io::address::Address;
use wireway::io::socket::{Datagram, Outgoing};

use crate::bare_sender::BareSender;
use crate::rounds::medians;
use crate::system::cpu_time;

const SEGMENT: u16 = 1200;
const SEGMENTS: usize = 50;
const ROUND: Duration = Duration::from_millis(50);
const ROUNDS: usize = 21;

pub fn table() {
    let receiver = Datagram::bind(&any_port()).expect("a socket");
    let sender = Datagram::bind(&any_port()).expect("a socket");
    sender.connect(&receiver.socket().local_address().expect("it is bound")).expect("a route");
    let octets = vec![7; usize::from(SEGMENT) * SEGMENTS];
    let mut bare = BareSender::new(sender.socket().as_raw_fd(), &octets, SEGMENT);
    let mut rates = [0.0; 2];
    let costs = medians(2, ROUNDS, |contender| {
        let (rate, cost) = round(|| match contender {
            0 => bare.send(),
            _ => send(&sender, &octets),
        });
        rates[contender] = rate.max(rates[contender]);
        cost
    });
    println!("\ndatagrams of {SEGMENT} octets by GSO, {SEGMENTS} at a time: to the bare sender (1.00: as fast)");
    for (at, name) in ["bare", "wireway"].into_iter().enumerate() {
        let (rate, cost) = (rates[at], costs[at]);
        println!("{name:>12} {rate:>10.0} packets/s at best {:>6.2}", rate / rates[0]);
        println!("{name:>12} {cost:>10.1} ns of CPU a packet {:>6.2}", cost / costs[0]);
    }
}

fn any_port() -> Address {
    Address::parse(b"127.0.0.1:0").expect("an address")
}

/// Packets a second and nanoseconds of CPU a packet, of one round.
fn round(mut send: impl FnMut()) -> (f64, f64) {
    let (start, cpu) = (Instant::now(), cpu_time());
    let mut packets = 0;
    while start.elapsed() < ROUND {
        send();
        packets += SEGMENTS;
    }
    let packets = packets as f64;
    (packets / start.elapsed().as_secs_f64(), (cpu_time() - cpu).as_nanos() as f64 / packets)
}

fn send(sender: &Datagram, octets: &[u8]) {
    let sent = sender.send(&[Outgoing { segment: SEGMENT, ..Outgoing::new(octets, None) }]);
    assert!(matches!(sent, Ok(1)), "{sent:?}");
}
