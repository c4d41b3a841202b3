//! Writes the seed corpora: what the peer sends in every protocol case, each case one input with the control octets each target
//! expects before it; and random inputs for the targets over the C API, which are choices and no octets of a peer; and the
//! vectors of PROXY headers. Run from anywhere; existing inputs stay.

#[allow(dead_code)]
#[path = "../../../tests/support/bytes.rs"]
mod bytes;
#[allow(dead_code)]
#[path = "../../../tests/support/key.rs"]
mod key;
#[allow(dead_code)]
#[path = "../../../tests/support/number.rs"]
mod number;
#[allow(dead_code)]
#[path = "../../../tests/proxy/vectors.rs"]
mod vectors;

use std::fs;
use std::path::Path;
use wireway_fuzz::api::input::seeded;

/// A target, how many control octets it wants, and the roles whose cases are its.
const TARGETS: [(&str, usize, &str); 4] =
    [("request", 4, "server"), ("response", 4, "client"), ("head", 3, "both"), ("chunk", 2, "chunks")];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for file in fs::read_dir(root.join("../tests/cases")).expect("the cases are there") {
        let text = fs::read_to_string(file.expect("an entry").path()).expect("a text");
        for (number, case) in text.split("```\n").skip(1).step_by(2).enumerate() {
            let role = if case.contains("role client") { "client" } else { "server" };
            for wire in wires(case) {
                for (target, control, _) in TARGETS.iter().filter(|(target, _, roles)| takes(target, roles, role)) {
                    write(root, target, *control, number, &wire);
                    count += 1;
                }
            }
        }
    }
    for target in ["conn_api", "server_api"] {
        for seed in 0..RANDOM {
            save(root, target, "seed", &seeded(seed));
            count += 1;
        }
    }
    for vector in vectors::all() {
        save(root, "proxy", "vector", &vector.octets);
        count += 1;
    }
    println!("{count} inputs");
}

/// How many random inputs a target over the C API begins with.
const RANDOM: u64 = 300;

fn takes(target: &str, roles: &str, role: &str) -> bool {
    roles == role || target == "head" || target == "chunk"
}

/// The octets of all `recv` lines together, for each value of `each`.
fn wires(case: &str) -> Vec<Vec<u8>> {
    let lines = |name: &str| case.lines().filter_map(move |line| line.strip_prefix(name)).collect::<Vec<_>>();
    let values = lines("each ").first().map_or(vec![""], |all| all.split(" | ").collect());
    let received = lines("recv ").concat();
    let wire = |value: &&str| bytes::expand(&received.replace("{V}", value)).ok();
    values.iter().filter_map(wire).filter(|wire| !wire.is_empty() && wire.len() < 4096).collect()
}

/// One input: control octets that differ from case to case, and the part of the octets the target looks at.
fn write(root: &Path, target: &str, control: usize, number: usize, wire: &[u8]) {
    let number = number as u8;
    let controls = [[0, number, number.wrapping_mul(37), number], [u8::from(wire.starts_with(b"HTTP")), number, 0, 0]];
    let mut input = controls[usize::from(target == "head")][..control].to_vec();
    let content = wire.windows(4).position(|window| window == b"\r\n\r\n").map_or(wire, |end| &wire[end + 4..]);
    input.extend_from_slice(if target == "chunk" { content } else { wire });
    save(root, target, "case", &input);
}

fn save(root: &Path, target: &str, kind: &str, input: &[u8]) {
    let folder = root.join("corpus").join(target);
    fs::create_dir_all(&folder).expect("a folder for the corpus");
    let name = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, &octet| (hash ^ u64::from(octet)).wrapping_mul(0x0000_0100_0000_01b3));
    fs::write(folder.join(format!("{kind}-{name:016x}")), input).expect("an input is written");
}
