//! Text messages read: header, unmasking and validation, out of a stream in memory.

use std::hint::black_box;

use crate::clock::race;
use crate::ours::Reader;
use crate::peers::{FastWebsockets, Tungstenite};
use crate::source::Source;

const ASCII: &str = "The quick brown fox jumps over the lazy dog. ";
const MIXED: &str = "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. 世界 😀 ";

pub fn table() {
    println!("\ntext read: best times of a message in ns; ours beside the faster peer (1.00: as slow)");
    println!(
        "{:>6} {:>9} {:>9} {:>9} {:>15} {:>12} {:>7}",
        "", "octets", "memcpy", "wireway", "fastwebsockets", "tungstenite", "ratio"
    );
    for (name, text) in [("ascii", ASCII), ("mixed", MIXED)] {
        for len in [20, 64, 256, 1 << 10, 4 << 10, 64 << 10] {
            row(name, &Source::new(text, len), len);
        }
    }
}

fn row(name: &str, source: &Source, len: usize) {
    let mut ours = Reader::new(source.clone());
    let mut fast = FastWebsockets::new(source.clone());
    let mut tungstenite = Tungstenite::new(source.clone());
    let (mut copied, mut room) = (source.clone(), vec![0; len]);
    let times = race(&mut [
        Box::new(|messages| (0..messages).for_each(|_| _ = copied.fill(black_box(&mut room)))),
        Box::new(|messages| ours.read(messages)),
        Box::new(|messages| fast.read(messages)),
        Box::new(|messages| tungstenite.read(messages)),
    ]);
    let [copy, ours, fast, tungstenite] = times[..] else { unreachable!() };
    let ratio = ours / fast.min(tungstenite);
    println!("{name:>6} {len:>9} {copy:>9.1} {ours:>9.1} {fast:>15.1} {tungstenite:>12.1} {ratio:>7.2}");
}
