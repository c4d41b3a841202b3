//! The WebSocket codec through the Rust interface: see README.md.

mod clock;
mod ours;
mod peers;
mod source;
mod text;
mod unmask;

fn main() {
    unmask::table();
    text::table();
}
