//! How `ffi/` becomes the C headers, `include/wireway.h` and `include/wireway/*.h`, in a reader's order.
//!
//! cbindgen writes declarations in the order of the sources. `Item::cut` takes them apart, `layout` sets each as a C programmer would, and
//! `Parts` puts each where a file of `header/parts/` names it. What those files say besides is copied.

mod defaults;
mod family;
mod generator;
mod initialiser;
mod item;
mod layout;
mod parts;
mod prose;

pub use generator::write;
