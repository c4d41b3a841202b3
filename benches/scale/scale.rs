//! What many of a kind cost: connections that are idle, connections that are simulated, timers, and datagrams: see README.md.

mod bare_sender;
mod clients;
mod datagrams;
mod idle;
mod rounds;
mod serving;
mod system;
mod timers;
mod turns;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == clients::ROLE) {
        return clients::run(&arguments[at + 1..]);
    }
    // First, since memory that was freed is used again, and would be missing from that of connections.
    idle::table();
    timers::table();
    turns::table();
    datagrams::table();
}
